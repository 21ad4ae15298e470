Feature: Starting from a template
  A partner on a known system sends what the system writes, and no mapping has to be made.

  @changelog-2026-04-01-mapping-templates
  Rule: A Shopify shop sends its webhooks as they are

    Background:
      Given the partner "shop" on the template "shopify"
      And the products "TENT-2P-GRN, PEG-ALU-10, 007-STOVE"

    Example: An order is taken
      When the partner "shop" sends the sample "shopify_order_1"
      Then the record is reported as new
      And the order "#1042" holds
        | external_order_id                   | "5409812340987"               |
        | customer_name                       | Avery Quill                   |
        | customer_info.email                 | avery.quill@example.com       |
        | customer_info.shipping_address.city | Denver                        |
        | notes                               | Please leave at the side door |
        | order_date                          | 2026-03-05T18:31:26Z          |
        | metadata.customer_po                | PO-7781                       |
        | metadata.gift_wrap                  | yes                           |
      And the order "#1042" has the lines
        | sku_code     | quantity |
        | TENT-2P-GRN  | 1        |
        | PEG-ALU-10   | 3        |
        | "007-STOVE"  | 2        |

    Example: It is answered in Shopify's words, and nothing of ours is hidden
      When the partner "shop" sends the sample "shopify_order_1"
      Then the answer holds
        | name                | #1042         |
        | id                  | 5409812340987 |
        | datamingle_id       | an id         |
        | status              | pending       |
        | line_items[0].sku   | TENT-2P-GRN   |
        | line_items[1].quantity | 3          |

    Example: A webhook that comes again updates the order
      Given the partner "shop" has sent the sample "shopify_order_1"
      When the partner "shop" sends the sample "shopify_order_1"
      Then the record is reported as known

    @changelog-2026-11-24-accepted-orders-only
    Example: An order that the shop has cancelled is not taken
      When the partner "shop" sends the sample "shopify_order_1" with
        | order.cancelled_at | 2026-03-06T08:00:00Z |
      Then the call is refused with SERVICE_ERROR
      And the refusal names
        | field        | code         |
        | cancelled_at | NOT_ACCEPTED |

    Example: A refusal names Shopify's places
      Given the operator has deactivated the products "PEG-ALU-10"
      When the partner "shop" sends the sample "shopify_order_1"
      Then the call is refused with SERVICE_ERROR
      And the refusal says "PEG-ALU-10"
      And the refusal names
        | field             | code    |
        | line_items[1].sku | INVALID |

    Example: The order is cancelled by the number that people see
      Given the partner "shop" has sent the sample "shopify_order_1"
      When the partner "shop" cancels "#1042"
      Then the order "#1042" is cancelled

    @changelog-2026-11-24-keyed-stock
    Example: Stock is found by the item of a product that was sent before
      Given the partner "shop" has sent the sample "shopify_product_1"
      And the partner "shop" has sent the sample "shopify_location_1"
      When the partner "shop" sends the sample "shopify_inventory_1"
      Then the answer holds
        | total   | 3 |
        | created | 2 |
        | failed  | 1 |
      And the location "70100000001" has in stock
        | sku_code  | quantity |
        | TEE-BLK-M | 0        |
        | TEE-BLK-S | 24       |

  @changelog-2026-04-01-mapping-templates
  Rule: Other systems send what they write as well

    Example: An order of <template>
      Given the partner "erp" on the template "<template>"
      And the products "<skus>"
      When the partner "erp" sends the sample "<sample>"
      Then the record is reported as new
      And the order "<number>" is pending

      Examples:
        | template         | sample                  | number      | skus                                            |
        | acumatica        | acumatica_order_1       | SO004512    | VALVE-BR-075, PIPE-PVC-10FT, TAPE-PTFE-12       |
        | sap-business-one | sapb1_order_1           | 100482      | 33, A00012, P10001                              |
        | netsuite         | netsuite_order_1        | SO10457     | FR-220-M, FORK-C1, KIT-TUNEUP                   |
        | woocommerce      | woocommerce_order_1     | 1727        | LAMP-BRS, SYI-BLK-M                             |
        | odoo             | odoo_order_1            | S00007      | FURN_8888, FURN_0096                            |
        | business-central | businesscentral_order_1 | 101005      | 1996-S, 1896-S                                  |
        | magento          | magento_order_1         | 000000308   | WS12-M-Orange, 24-MB01, 24-WG084, 24-WG085      |
