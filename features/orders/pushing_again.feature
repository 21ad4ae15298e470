Feature: Pushing an order again
  A system that pushes an order whenever it changes has it created or updated in one call.

  Background:
    Given the product "TENT"
    And the product "PEG"

  @changelog-2026-11-24-upsert
  Rule: An order of the same partner with this number is updated instead of refused

    Example: An order that is new is created
      When the partner pushes the order "PO-1"
      Then the record is reported as new

    Example: An order that is there is updated
      Given the partner has sent the order "PO-1" with
        | customer_name    | Avery Quill |
        | notes            | ring twice  |
        | metadata.channel | web         |
      When the partner pushes the order "PO-1" with
        | customer_name     | Robin Quill |
        | metadata.campaign | may         |
      Then the record is reported as known
      And the order "PO-1" holds
        | customer_name     | Robin Quill |
        | notes             | ring twice  |
        | metadata.channel  | web         |
        | metadata.campaign | may         |

    Example: Its own id must be free as well
      Given the order "PO-1"
      And the partner has sent the order "PO-2" with
        | external_order_id | X-2 |
      When the partner pushes the order "PO-1" with
        | external_order_id | X-2 |
      Then the call is refused with VALIDATION_ERROR
      And the refusal names
        | field             | code       |
        | external_order_id | NOT_UNIQUE |

    Example: A null clears
      Given the partner has sent the order "PO-1" with
        | customer_name | Avery Quill |
      When the partner pushes the order "PO-1" with
        | customer_name | null |
      Then the order "PO-1" holds
        | customer_name | null |

    Example: Another partner's order is left alone
      Given the partner "north" has sent the order "PO-1"
      When the partner "south" pushes the order "PO-1"
      Then the record is reported as new

    Example: Clients without a partner share one space
      Given the client with the key "first" has sent the order "PO-1"
      When the client with the key "second" pushes the order "PO-1" with
        | notes | knock |
      Then the record is reported as known
      And the order "PO-1" holds
        | notes | knock |

    Example: A mapping may ask for it always
      Given the settings of the partner's mapping of orders
        | on_duplicate | update |
      And the partner's mapping of orders has no rules
      And the order "PO-1"
      When the partner sends the order "PO-1" with
        | notes | knock |
      Then the order "PO-1" holds
        | notes | knock |

    Example: What is wrong with it is told all the same
      Given the order "PO-1"
      When the partner pushes the order "PO-1" with
        | items | (not sent) |
      Then the call is refused with VALIDATION_ERROR
      And the refusal names
        | field | code    |
        | items | MISSING |

  @changelog-2026-11-24-changed-lines
  Rule: Other lines replace those of a pending order, and later they are refused

    Example: Other lines of a pending order
      Given the order "PO-1"
      When the partner pushes the order "PO-1" with
        | items[0].sku_code | PEG  |
        | items[0].quantity | 7    |
        | items[1].sku_code | TENT |
        | items[1].quantity | 1    |
      Then the order "PO-1" has the lines
        | sku_code | quantity |
        | PEG      | 7        |
        | TENT     | 1        |

    Example: Other lines of a <status> order
      Given the order "PO-1"
      And the order "PO-1" has become <status>
      When the partner pushes the order "PO-1" with
        | items[0].quantity | 7 |
      Then the call is refused with SERVICE_ERROR
      And the refusal names
        | field | code  |
        | items | FIXED |

      Examples:
        | status      |
        | in progress |
        | verified    |
        | shipped     |
        | cancelled   |

    Example: A refused change of lines leaves the header as it was
      Given the order "PO-1"
      And the order "PO-1" has become verified
      When the partner pushes the order "PO-1" with
        | notes             | knock |
        | items[0].quantity | 7     |
      Then the order "PO-1" holds
        | notes | null |

    Example: The same lines are no change
      Given the order "PO-1"
      And the order "PO-1" has become verified
      When the partner pushes the order "PO-1" with
        | notes | knock |
      Then the record is reported as known
      And the order "PO-1" is verified

    Example: Other lines name existing, active products as well
      Given the order "PO-1"
      When the partner pushes the order "PO-1" with
        | items[0].sku_code | NO-SUCH |
      Then the call is refused with SERVICE_ERROR
      And the refusal names
        | field             | code      |
        | items[0].sku_code | NOT_FOUND |

    Example: The lines it has may name a product that was deactivated since
      Given the order "PO-1"
      And the partner has deactivated the product "TENT"
      When the partner pushes the order "PO-1" with
        | notes | knock |
      Then the record is reported as known

  Rule: What only a default or a fixed value filled is left alone

    Background:
      Given the settings of the partner's mapping of orders
        | on_duplicate | update |
      And the partner's mapping of orders
        | theirs         | ours                    | default | const |
        | no             | order_number            |         |       |
        | lines[].sku    | items[].sku_code        |         |       |
        | lines[].n      | items[].quantity        | 1       |       |
        | buyer          | customer_name           | nobody  |       |
        | lot            | metadata.lots[0].code   |         |       |
        | grade          | metadata.lots[0].grade  | A       |       |
        |                | metadata.source         |         | shop  |
      And the partner has sent an order in its own words
        | no           | PO-1 |
        | buyer        | Avery Quill |
        | grade        | B    |
        | lines[0].sku | TENT |
        | lines[0].n   | 5    |

    Example: In the header, in lists and in the lines
      When the partner sends an order in its own words
        | no           | PO-1 |
        | lines[0].sku | TENT |
      Then the order "PO-1" holds
        | customer_name           | Avery Quill |
        | metadata.lots[0].grade  | B           |
      And the order "PO-1" has the lines
        | sku_code | quantity |
        | TENT     | 5        |

    Example: Other lines have what was not sent from the default
      When the partner sends an order in its own words
        | no           | PO-1 |
        | lines[0].sku | PEG  |
      Then the order "PO-1" has the lines
        | sku_code | quantity |
        | PEG      | 1        |

    Example: A list of which something was sent is replaced as a whole
      When the partner sends an order in its own words
        | no           | PO-1 |
        | lot          | L1   |
        | lines[0].sku | TENT |
      Then the order "PO-1" holds
        | metadata.lots[0].code  | L1 |
        | metadata.lots[0].grade | A  |
