Feature: Loading inventory
  A partner reports how many of a product a location holds, many rows at once.

  Background:
    Given the product "TENT"
    And the product "PEG"
    And the location "MAIN"

  @changelog-2026-04-01-inventory
  Rule: Rows are judged one by one, and valid rows land although others fail

    Example: One row of three fails
      When the partner loads the inventory
        | location_code | sku_code | quantity |
        | MAIN          | TENT     | 5        |
        | MAIN          | PEG      | 9        |
        | NOWHERE       | TENT     | 1        |
      Then the answer holds
        | total   | 3 |
        | created | 2 |
        | updated | 0 |
        | failed  | 1 |
      And the location "MAIN" has in stock
        | sku_code | quantity |
        | PEG      | 9        |
        | TENT     | 5        |

    Example: A row that failed is told by its number, from 0, and its place
      When the partner loads the inventory
        | location_code | sku_code | quantity |
        | MAIN          | TENT     | 5        |
        | NOWHERE       | NO-SUCH  | 1        |
      Then the answer holds
        | errors[0].row                   | 1                  |
        | errors[0].location_id           | NOWHERE            |
        | errors[0].product_id            | NO-SUCH            |
        | errors[0].field                 | inventory[1]       |
        | errors[0].errors.location_id[0] | Location not found |
        | errors[0].errors.product_id[0]  | Product not found  |

    Example: Rows that failed are told in their order
      When the partner loads the inventory
        | location_code | sku_code | quantity |
        | NOWHERE       | TENT     | 1        |
        | MAIN          | TENT     | 5        |
        | MAIN          | NO-SUCH  | 1        |
        | MAIN          | PEG      | -1       |
      Then the answer holds
        | errors[0].row | 0 |
        | errors[1].row | 2 |
        | errors[2].row | 3 |

    Example: All rows may fail, and it is a success still
      When the partner loads the inventory
        | location_code | sku_code | quantity |
        | NOWHERE       | TENT     | 1        |
      Then the call succeeds
      And the answer holds
        | created | 0 |
        | failed  | 1 |

    Example: "<value>" as <field> of a row is an error of that row, called <error>
      When the partner loads the inventory with
        | inventory[0].location_code | MAIN    |
        | inventory[0].sku_code      | TENT    |
        | inventory[0].quantity      | 5       |
        | inventory[1].location_code | MAIN    |
        | inventory[1].sku_code      | PEG     |
        | inventory[1].quantity      | 1       |
        | inventory[1].<field>       | <value> |
      Then the answer holds
        | created                    | 1        |
        | failed                     | 1        |
        | errors[0].row              | 1        |
        | errors[0].errors.<error>[0] | some text |

      Examples:
        | field         | value      | error       |
        | quantity      | -1         | quantity    |
        | quantity      | "5"        | quantity    |
        | quantity      | 1.5        | quantity    |
        | quantity      | (not sent) | quantity    |
        | quantity      | null       | quantity    |
        | location_code | (not sent) | location_id |
        | location_code | 7          | location_id |
        | sku_code      | (not sent) | product_id  |
        | sku_code      | null       | product_id  |

    Example: All that is wrong in a row is told at once
      When the partner loads the inventory
        | location_code | sku_code | quantity |
        | NOWHERE       | NO-SUCH  | -1       |
      Then the answer holds
        | failed                          | 1                          |
        | errors[0].errors.location_id[0] | Location not found         |
        | errors[0].errors.product_id[0]  | Product not found          |
        | errors[0].errors.quantity[0]    | must be at least 0, not -1 |

    Example: A row that is no row
      When the partner loads the inventory with
        | inventory[0]               | TENT |
        | inventory[1].location_code | MAIN |
        | inventory[1].sku_code      | TENT |
        | inventory[1].quantity      | 5    |
      Then the answer holds
        | created                  | 1         |
        | failed                   | 1         |
        | errors[0].row            | 0         |
        | errors[0].location_id    | null      |
        | errors[0].errors.row[0]  | some text |

    Example: An inactive product and an inactive location count as known
      Given the inactive product "LAMP"
      And the inactive location "OLD"
      When the partner loads the inventory
        | location_code | sku_code | quantity |
        | OLD           | LAMP     | 3        |
      Then the answer holds
        | created | 1 |
        | failed  | 0 |

  @changelog-2026-04-01-inventory
  Rule: A pair of location and SKU is one record

    Example: A pair that is there is updated
      Given the location "MAIN" holds 5 of "TENT"
      When the partner loads the inventory
        | location_code | sku_code | quantity |
        | MAIN          | TENT     | 8        |
      Then the answer holds
        | created | 0 |
        | updated | 1 |
      And the location "MAIN" has in stock
        | sku_code | quantity |
        | TENT     | 8        |

    Example: An unchanged quantity counts as an update
      Given the location "MAIN" holds 5 of "TENT"
      When the partner loads the inventory
        | location_code | sku_code | quantity |
        | MAIN          | TENT     | 5        |
      Then the answer holds
        | created | 0 |
        | updated | 1 |

    Example: Of a pair that is sent twice the later wins and counts as an update
      When the partner loads the inventory
        | location_code | sku_code | quantity |
        | MAIN          | TENT     | 5        |
        | MAIN          | PEG      | 1        |
        | MAIN          | TENT     | 7        |
      Then the answer holds
        | total   | 3 |
        | created | 2 |
        | updated | 1 |
      And the location "MAIN" has in stock
        | sku_code | quantity |
        | PEG      | 1        |
        | TENT     | 7        |

    Example: A later row that fails does not win
      When the partner loads the inventory
        | location_code | sku_code | quantity |
        | MAIN          | TENT     | 5        |
        | MAIN          | TENT     | -1       |
      Then the location "MAIN" has in stock
        | sku_code | quantity |
        | TENT     | 5        |

    Example: A product's own figure is another one
      When the partner loads the inventory
        | location_code | sku_code | quantity |
        | MAIN          | TENT     | 5        |
      Then the product "TENT" holds
        | quantity | 0 |

  @changelog-2026-11-25-expected-quantity
  Rule: A row that expects a stock fails by itself where the stock is another

    Background:
      Given the location "MAIN" holds 5 of "TENT"

    Example: The expected stock is there
      When the partner loads the inventory
        | location_code | sku_code | quantity | expected_quantity |
        | MAIN          | TENT     | 8        | 5                 |
      Then the answer holds
        | updated | 1 |
        | failed  | 0 |
      And the location "MAIN" has in stock
        | sku_code | quantity |
        | TENT     | 8        |

    Example: The stock is another, and the other rows land
      When the partner loads the inventory
        | location_code | sku_code | quantity | expected_quantity |
        | MAIN          | TENT     | 8        | 4                 |
        | MAIN          | PEG      | 9        |                   |
      Then the answer holds
        | created                               | 1                               |
        | failed                                | 1                               |
        | errors[0].row                         | 0                               |
        | errors[0].errors.expected_quantity[0] | expected 4, but 5 are in stock |
      And the location "MAIN" has in stock
        | sku_code | quantity |
        | PEG      | 9        |
        | TENT     | 5        |

    Example: What is not stocked yet counts as none
      When the partner loads the inventory
        | location_code | sku_code | quantity | expected_quantity |
        | MAIN          | PEG      | 9        | 0                 |
      Then the answer holds
        | created | 1 |
        | failed  | 0 |

    Example: What is not stocked yet is nothing but none
      When the partner loads the inventory
        | location_code | sku_code | quantity | expected_quantity |
        | MAIN          | PEG      | 9        | 9                 |
      Then the answer holds
        | created                               | 0                               |
        | errors[0].errors.expected_quantity[0] | expected 9, but 0 are in stock |

    Example: None where some are in stock
      When the partner loads the inventory
        | location_code | sku_code | quantity | expected_quantity |
        | MAIN          | TENT     | 8        | 0                 |
      Then the location "MAIN" has in stock
        | sku_code | quantity |
        | TENT     | 5        |

    Example: A row finds the stock as the rows before it leave it
      When the partner loads the inventory
        | location_code | sku_code | quantity | expected_quantity |
        | MAIN          | TENT     | 8        | 4                 |
        | MAIN          | TENT     | 7        | 5                 |
        | MAIN          | TENT     | 6        |                   |
        | MAIN          | TENT     | 3        | 6                 |
        | MAIN          | TENT     | 2        | 5                 |
      Then the answer holds
        | updated       | 3 |
        | errors[0].row | 0 |
        | errors[1].row | 4 |
      And the location "MAIN" has in stock
        | sku_code | quantity |
        | TENT     | 3        |

    Example: An expectation that is null was not sent
      When the partner loads the inventory
        | location_code | sku_code | quantity | expected_quantity |
        | MAIN          | TENT     | 8        | null              |
      Then the answer holds
        | updated | 1 |

    Example: "<value>" is no stock to expect
      When the partner loads the inventory
        | location_code | sku_code | quantity | expected_quantity |
        | MAIN          | TENT     | 8        | <value>           |
      Then the answer holds
        | failed                                | 1         |
        | errors[0].errors.expected_quantity[0] | some text |

      Examples:
        | value |
        | -1    |
        | "5"   |
        | 1.5   |
        | true  |

    Example: An unknown product is all that is told of its row
      When the partner loads the inventory
        | location_code | sku_code | quantity | expected_quantity |
        | MAIN          | NO-SUCH  | 8        | 4                 |
      Then the answer holds
        | errors[0].errors.product_id[0] | Product not found |
      And the answer does not hold "errors[0].errors.expected_quantity"

    Example: It is a known field
      Given the partner asks for strict handling
      When the partner loads the inventory
        | location_code | sku_code | quantity | expected_quantity |
        | MAIN          | TENT     | 8        | 5                 |
      Then the answer holds
        | updated | 1 |

  Rule: A load that is no load lands nothing

    Example: "<value>" as <field>
      When the partner loads the inventory with
        | inventory[0].location_code | MAIN    |
        | inventory[0].sku_code      | TENT    |
        | inventory[0].quantity      | 5       |
        | <field>                    | <value> |
      Then the call is refused with VALIDATION_ERROR
      And the refusal names
        | field   | code   |
        | <field> | <code> |
      And the location "MAIN" has nothing in stock

      Examples:
        | field     | value           | code       |
        | inventory | (not sent)      | MISSING    |
        | inventory | an empty list   | TOO_SHORT  |
        | inventory | an empty object | WRONG_TYPE |
        | source    | guesswork       | INVALID    |
        | source    | 7               | WRONG_TYPE |
        | notes     | 7               | WRONG_TYPE |

    Example: A source that is null was not sent
      When the partner loads the inventory with
        | inventory[0].location_code | MAIN |
        | inventory[0].sku_code      | TENT |
        | inventory[0].quantity      | 5    |
        | source                     | null |
        | notes                      | null |
      Then the answer holds
        | created | 1 |

    Example: The source "<source>" is known
      When the partner loads the inventory with
        | inventory[0].location_code | MAIN     |
        | inventory[0].sku_code      | TENT     |
        | inventory[0].quantity      | 5        |
        | source                     | <source> |
      Then the answer holds
        | created | 1 |

      Examples:
        | source            |
        | bulk_import       |
        | manual_adjustment |
        | erp_sync          |
        | initial_load      |
