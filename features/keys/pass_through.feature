Feature: Keys without a partner
  A pass-through key speaks the platform's own words; no mapping takes part.

  @changelog-2026-04-17-pass-through-keys
  Rule: A pass-through key speaks and is answered in the platform's own words

    Background:
      Given the product "TENT"
      And the partner's mapping of orders
        | theirs    | ours         |
        | po_number | order_number |

    Example: A partner's mapping does not touch it
      When the pass-through client sends the order "PO-1"
      Then the answer holds
        | order_number | PO-1 |

    Example: A partner's order is read in the platform's own words
      Given the partner has sent an order in its own words
        | po_number         | PO-1 |
        | items[0].sku_code | TENT |
        | items[0].quantity | 2    |
      When the pass-through client reads the order "PO-1"
      Then the answer holds
        | order_number | PO-1 |
      And the answer does not hold "po_number"

    Example: Its orders belong to no partner
      When the pass-through client sends the order "PO-1"
      Then the answer holds
        | partner | null |

    Example: It addresses records by the platform's default
      Given the pass-through client has sent the order "PO-1" with
        | external_order_id | X-1 |
      When the pass-through client reads the order "X-1"
      Then the call is refused with NOT_FOUND

  @changelog-2026-04-17-pass-through-keys
  Rule: Everything else is the same for it

    Example: Scopes
      Given the key "reader" with the scopes "integrations.orders.read"
      When the client with the key "reader" sends the order "PO-1"
      Then the call is refused with PERMISSION_DENIED

    Example: Errors
      When the pass-through client sends the order "PO-1" with
        | items[0].quantity | 0 |
      Then the call is refused with VALIDATION_ERROR
      And the refusal names
        | field             | code         |
        | items[0].quantity | OUT_OF_RANGE |

    @changelog-2026-04-17-log-names-the-key
    Example: The log
      When the pass-through client lists the orders
      Then the latest log entry holds
        | partner | null         |
        | api_key | pass-through |
        | status  | success      |
