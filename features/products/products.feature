Feature: Products
  A SKU is known as a product before it can be ordered or stocked.

  @changelog-2026-04-16-products
  Rule: A product is taken once

    Example: Every field is answered, also the empty ones
      When the partner sends the product "TENT"
      Then the record is reported as new
      And the answer has exactly the fields
        | sku           |
        | quantity      |
        | is_active     |
        | custom_fields |
        | id            |
        | cost          |
        | created_at    |
        | updated_at    |

    Example: What is not sent has its default
      When the partner sends the product "TENT"
      Then the answer holds
        | sku           | TENT            |
        | quantity      | 0               |
        | is_active     | true            |
        | custom_fields | an empty object |
        | cost          | null            |

    Example: A field that is null was not sent
      When the partner sends the product "TENT" with
        | quantity      | null |
        | is_active     | null |
        | custom_fields | null |
      Then the answer holds
        | quantity      | 0               |
        | is_active     | true            |
        | custom_fields | an empty object |

    Example: A SKU that exists is refused
      Given the product "TENT"
      When the partner sends the product "TENT"
      Then the call is refused with DUPLICATE
      And the refusal names
        | field | code       |
        | sku   | NOT_UNIQUE |

    Example: A SKU of an inactive product exists as well
      Given the inactive product "TENT"
      When the partner sends the product "TENT"
      Then the call is refused with DUPLICATE

    Example: Another partner's product is the same product
      Given the partner "north" has sent the product "TENT"
      When the partner "south" sends the product "TENT"
      Then the call is refused with DUPLICATE

    Example: "<value>" is no value for <field>
      When the partner sends the product "TENT" with
        | <field> | <value> |
      Then the call is refused with VALIDATION_ERROR
      And the refusal names
        | field   | code   |
        | <field> | <code> |

      Examples:
        | field         | value                | code             |
        | sku           | (not sent)           | MISSING          |
        | sku           | null                 | NULL_NOT_ALLOWED |
        | sku           | an empty text        | TOO_SHORT        |
        | sku           | 256 letters          | TOO_LONG         |
        | sku           | 7                    | WRONG_TYPE       |
        | quantity      | -1                   | OUT_OF_RANGE     |
        | quantity      | "5"                  | WRONG_TYPE       |
        | quantity      | 2.5                  | WRONG_TYPE       |
        | is_active     | 1                    | WRONG_TYPE       |
        | is_active     | "true"               | WRONG_TYPE       |
        | custom_fields | an empty list        | WRONG_TYPE       |

    Example: The cost is set internally
      When the partner sends the product "TENT" with
        | cost | 12.5 |
      Then the answer holds
        | cost | null |

  @changelog-2026-04-16-products @changelog-2026-11-24-updates
  Rule: What is sent is changed, what is not sent stays

    Example: One field is changed
      Given the partner has sent the product "TENT" with
        | quantity          | 5            |
        | custom_fields.upc | 012345678905 |
      When the partner changes the product "TENT"
        | quantity | 7 |
      Then the product "TENT" holds
        | quantity          | 7            |
        | custom_fields.upc | 012345678905 |

    Example: A change is merged into the custom fields
      Given the partner has sent the product "TENT" with
        | custom_fields.upc    | 012345678905 |
        | custom_fields.colour | green        |
      When the partner changes the product "TENT"
        | custom_fields.colour | null |
        | custom_fields.uom    | each |
      Then the product "TENT" holds
        | custom_fields.upc | 012345678905 |
        | custom_fields.uom | each         |
      And the product "TENT" does not hold "custom_fields.colour"

    Example: A rewriting replaces the custom fields
      Given the partner has sent the product "TENT" with
        | custom_fields.upc | 012345678905 |
      When the partner rewrites the product "TENT"
        | custom_fields.uom | each |
      Then the product "TENT" holds
        | custom_fields.uom | each |
      And the product "TENT" does not hold "custom_fields.upc"

    @changelog-2026-11-25-false-and-zero
    Example: A no becomes a zero
      Given the partner has sent the product "TENT" with
        | custom_fields.fragile | false |
      When the partner changes the product "TENT"
        | custom_fields.fragile | 0 |
      Then the product "TENT" holds
        | custom_fields.fragile | 0 |

    Example: The custom fields are cleared
      Given the partner has sent the product "TENT" with
        | custom_fields.upc | 012345678905 |
      When the partner changes the product "TENT"
        | custom_fields | null |
      Then the product "TENT" holds
        | custom_fields | an empty object |

    Example: <field> cannot be cleared
      Given the product "TENT"
      When the partner changes the product "TENT"
        | <field> | null |
      Then the call is refused with VALIDATION_ERROR
      And the refusal names
        | field   | code             |
        | <field> | NULL_NOT_ALLOWED |

      Examples:
        | field     |
        | quantity  |
        | is_active |

    Example: The SKU may be sent with the value it has
      Given the product "TENT"
      When the partner changes the product "TENT"
        | sku      | TENT |
        | quantity | 7    |
      Then the product "TENT" holds
        | quantity | 7 |

    Example: Another SKU is refused
      Given the product "TENT"
      When the partner changes the product "TENT"
        | sku | LAMP |
      Then the call is refused with VALIDATION_ERROR
      And the refusal names
        | field | code  |
        | sku   | FIXED |

    Example: A product that does not exist is not changed
      When the partner changes the product "TENT"
        | quantity | 7 |
      Then the call is refused with NOT_FOUND

  @changelog-2026-04-16-products
  Rule: A product is deactivated, never deleted

    Example: A deactivated product is still read
      Given the product "TENT"
      And the partner has deactivated the product "TENT"
      When the partner reads the product "TENT"
      Then the answer holds
        | is_active | false |

    Example: Deactivating answers the product
      Given the product "TENT"
      When the partner deactivates the product "TENT"
      Then the answer holds
        | sku       | TENT  |
        | is_active | false |

    Example: Deactivating twice is no error
      Given the inactive product "TENT"
      When the partner deactivates the product "TENT"
      Then the call succeeds

    Example: A deactivated product is switched on again by a change
      Given the inactive product "TENT"
      When the partner changes the product "TENT"
        | is_active | true |
      Then the product "TENT" holds
        | is_active | true |

    Example: A product that does not exist is not deactivated
      When the partner deactivates the product "TENT"
      Then the call is refused with NOT_FOUND

    Example: A deactivated product can no longer be ordered
      Given the inactive product "TENT"
      When the partner sends the order "PO-1"
      Then the call is refused with SERVICE_ERROR
      And the refusal says "TENT"

  @changelog-2026-04-16-products
  Rule: Products are listed newest first, the active ones unless others are asked for

    Example: The active ones
      Given the product "TENT"
      And the product "PEG"
      And the inactive product "LAMP"
      When the partner lists the products
      Then the answer lists
        | sku  |
        | PEG  |
        | TENT |

    Example: The inactive ones
      Given the product "TENT"
      And the inactive product "LAMP"
      When the partner lists the products with
        | is_active | false |
      Then the answer lists
        | sku  |
        | LAMP |

    Example: Neither
      When the partner lists the products with
        | is_active | maybe |
      Then the call is refused with VALIDATION_ERROR
      And the refusal names
        | field     | code    |
        | is_active | INVALID |

  @changelog-2026-11-24-upsert
  Rule: A product that is pushed again is updated

    Example: A new product is created
      When the partner pushes the product "TENT"
      Then the record is reported as new

    Example: What is not sent is left alone
      Given the partner has sent the product "TENT" with
        | quantity          | 5            |
        | custom_fields.upc | 012345678905 |
      When the partner pushes the product "TENT" with
        | custom_fields.uom | each |
      Then the record is reported as known
      And the product "TENT" holds
        | quantity          | 5            |
        | custom_fields.upc | 012345678905 |
        | custom_fields.uom | each         |

    Example: An inactive product is updated and stays inactive
      Given the inactive product "TENT"
      When the partner pushes the product "TENT" with
        | quantity | 9 |
      Then the product "TENT" holds
        | quantity  | 9     |
        | is_active | false |

    Example: What an update cannot clear, a push cannot clear either
      Given the product "TENT"
      When the partner pushes the product "TENT" with
        | quantity | null |
      Then the call is refused with VALIDATION_ERROR
      And the refusal names
        | field    | code             |
        | quantity | NULL_NOT_ALLOWED |

    Example: A question that is neither yes nor no
      When the partner sends the product "TENT", asking for upsert "perhaps"
      Then the call is refused with VALIDATION_ERROR
      And the refusal names
        | field  | code    |
        | upsert | INVALID |
