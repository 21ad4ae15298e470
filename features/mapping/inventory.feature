Feature: Inventory in the partner's own words
  A partner reports stock as its system writes it, in lists, single rows or nested ones.

  Background:
    Given the product "TENT"
    And the product "PEG"
    And the location "MAIN"

  @changelog-2026-04-01-inventory @changelog-2026-11-24-several-records
  Rule: All records of a payload are one load

    Background:
      Given the settings of the partner's mapping of inventory
        | record | Results[] |
      And the partner's mapping of inventory
        | theirs      | ours                       | const    |
        | WarehouseID | inventory[0].location_code |          |
        | InventoryID | inventory[0].sku_code      |          |
        | OnHand      | inventory[0].quantity      |          |
        |             | source                     | erp_sync |

    Example: A list of rows
      When the partner loads the inventory with
        | Results[0].WarehouseID | MAIN |
        | Results[0].InventoryID | TENT |
        | Results[0].OnHand      | 5    |
        | Results[1].WarehouseID | MAIN |
        | Results[1].InventoryID | PEG  |
        | Results[1].OnHand      | 9    |
      Then the answer holds
        | total   | 2 |
        | created | 2 |
      And the location "MAIN" has in stock
        | sku_code | quantity |
        | PEG      | 9        |
        | TENT     | 5        |

    Example: A single row
      When the partner loads the inventory with
        | WarehouseID | MAIN |
        | InventoryID | TENT |
        | OnHand      | 5    |
      Then the answer holds
        | total   | 1 |
        | created | 1 |

    Example: No row at all
      When the partner loads the inventory with
        | Results | an empty list |
      Then the call is refused with VALIDATION_ERROR
      And the refusal says "holds no record"

    Example: An array at the top
      When the partner loads the inventory with
        | [0].WarehouseID | MAIN |
        | [0].InventoryID | TENT |
        | [0].OnHand      | 5    |
        | [1].WarehouseID | MAIN |
        | [1].InventoryID | NO-SUCH |
        | [1].OnHand      | 9    |
      Then the answer holds
        | total           | 2   |
        | created         | 1   |
        | errors[0].row   | 1   |
        | errors[0].field | [1] |

    Example: A row that fails is named by its place in what was sent
      When the partner loads the inventory with
        | Results[0].WarehouseID | MAIN    |
        | Results[0].InventoryID | TENT    |
        | Results[0].OnHand      | 5       |
        | Results[1].WarehouseID | NOWHERE |
        | Results[1].InventoryID | PEG     |
        | Results[1].OnHand      | 9       |
      Then the answer holds
        | created                         | 1                  |
        | failed                          | 1                  |
        | errors[0].row                   | 1                  |
        | errors[0].field                 | Results[1]         |
        | errors[0].location_id           | NOWHERE            |
        | errors[0].product_id            | PEG                |
        | errors[0].errors.location_id[0] | Location not found |

    Example: A row that is read back is in the partner's words
      Given the location "MAIN" holds 5 of "TENT"
      When the partner reads the inventory of the location "MAIN"
      Then the answer lists exactly
        | WarehouseID | InventoryID | OnHand |
        | MAIN        | TENT        | 5      |

  @changelog-2026-04-01-inventory
  Rule: Rows of one load may be left out or summed up

    Example: Rows without a figure are left out
      Given the settings of the partner's mapping of inventory
        | record | Results[]       |
        | where  | OnHand is there |
      And the partner's mapping of inventory
        | theirs      | ours                       |
        | WarehouseID | inventory[0].location_code |
        | InventoryID | inventory[0].sku_code      |
        | OnHand      | inventory[0].quantity      |
      When the partner loads the inventory with
        | Results[0].WarehouseID | MAIN |
        | Results[0].InventoryID | TENT |
        | Results[1].WarehouseID | MAIN |
        | Results[1].InventoryID | PEG  |
        | Results[1].OnHand      | 9    |
      Then the answer holds
        | total   | 1 |
        | created | 1 |

    @changelog-2026-11-24-skipped-records
    Example: No row with a figure is a success that does nothing
      Given the settings of the partner's mapping of inventory
        | record | Results[]       |
        | where  | OnHand is there |
      And the partner's mapping of inventory
        | theirs      | ours                       |
        | WarehouseID | inventory[0].location_code |
        | InventoryID | inventory[0].sku_code      |
        | OnHand      | inventory[0].quantity      |
      When the partner loads the inventory with
        | Results[0].WarehouseID | MAIN |
        | Results[0].InventoryID | TENT |
      Then the answer holds
        | total   | 0             |
        | created | 0             |
        | updated | 0             |
        | failed  | 0             |
        | errors  | an empty list |

    Example: Bins of one warehouse are summed up
      Given the settings of the partner's mapping of inventory
        | record | Results[]                                 |
        | merge  | location_code, sku_code, summing quantity |
      And the partner's mapping of inventory
        | theirs      | ours                       |
        | WarehouseID | inventory[0].location_code |
        | InventoryID | inventory[0].sku_code      |
        | OnHand      | inventory[0].quantity      |
      When the partner loads the inventory with
        | Results[0].WarehouseID | MAIN |
        | Results[0].InventoryID | TENT |
        | Results[0].OnHand      | 5    |
        | Results[1].WarehouseID | MAIN |
        | Results[1].InventoryID | TENT |
        | Results[1].OnHand      | 2    |
      Then the location "MAIN" has in stock
        | sku_code | quantity |
        | TENT     | 7        |

  Rule: What cannot be summed up refuses the whole load

    Background:
      Given the settings of the partner's mapping of inventory
        | record | levels[]                                  |
        | merge  | location_code, sku_code, summing quantity |
      And the partner's mapping of inventory
        | theirs    | ours                       |
        | location  | inventory[0].location_code |
        | item      | inventory[0].sku_code      |
        | available | inventory[0].quantity      |

    Example: <value> beside another figure
      When the partner loads the inventory with
        | levels[0].location  | MAIN    |
        | levels[0].item      | TENT    |
        | levels[0].available | 5       |
        | levels[1].location  | MAIN    |
        | levels[1].item      | TENT    |
        | levels[1].available | <value> |
      Then the call is refused with MAPPING_ERROR
      And the refusal names
        | field     | code   |
        | available | <code> |
      And the location "MAIN" has nothing in stock

      Examples:
        | value               | code         |
        | many                | WRONG_TYPE   |
        | true                | WRONG_TYPE   |
        | 9223372036854775807 | OUT_OF_RANGE |

  @changelog-2026-11-24-keyed-stock
  Rule: A product may be found by an id that the partner keeps with it

    Background:
      Given the settings of the partner's mapping of inventory
        | record | levels[] |
      And the partner's mapping of inventory
        | theirs    | ours                       | lookup                        | type    | as      |
        | location  | inventory[0].location_code |                               |         |         |
        | item      | inventory[0].sku_code      | products by custom_fields.item | string | integer |
        | available | inventory[0].quantity      |                               |         |         |
      And the partner has sent the product "LAMP" with
        | custom_fields.item | "4711" |

    Example: A known id, and one that is not
      When the partner loads the inventory with
        | levels[0].location  | MAIN |
        | levels[0].item      | 4711 |
        | levels[0].available | 5    |
        | levels[1].location  | MAIN |
        | levels[1].item      | 999  |
        | levels[1].available | 1    |
      Then the answer holds
        | created                        | 1                 |
        | failed                         | 1                 |
        | errors[0].row                  | 1                 |
        | errors[0].field                | levels[1]         |
        | errors[0].errors.product_id[0] | Product not found |
      And the location "MAIN" has in stock
        | sku_code | quantity |
        | LAMP     | 5        |

    Example: <id> is the same id
      Given the partner's mapping of inventory
        | theirs    | ours                       | lookup                         |
        | location  | inventory[0].location_code |                                |
        | item      | inventory[0].sku_code      | products by custom_fields.item |
        | available | inventory[0].quantity      |                                |
      When the partner loads the inventory with
        | levels[0].location  | MAIN |
        | levels[0].item      | <id> |
        | levels[0].available | 5    |
      Then the location "MAIN" has in stock
        | sku_code | quantity |
        | LAMP     | 5        |

      Examples:
        | id     |
        | 4711   |
        | "4711" |
        | 4711.0 |

    Example: An id that two products carry names none of them
      Given the partner has sent the product "STOVE" with
        | custom_fields.item | 4711 |
      When the partner loads the inventory with
        | levels[0].location  | MAIN |
        | levels[0].item      | 4711 |
        | levels[0].available | 5    |
      Then the answer holds
        | created                        | 0                 |
        | errors[0].errors.product_id[0] | Product not found |

    Example: A row with an unknown id is summed up with no other
      Given the settings of the partner's mapping of inventory
        | record | levels[]                                  |
        | merge  | location_code, sku_code, summing quantity |
      And the partner's mapping of inventory
        | theirs    | ours                       | lookup                        | type    | as      |
        | location  | inventory[0].location_code |                               |         |         |
        | item      | inventory[0].sku_code      | products by custom_fields.item | string | integer |
        | available | inventory[0].quantity      |                               |         |         |
      When the partner loads the inventory with
        | levels[0].location  | MAIN |
        | levels[0].item      | 4711 |
        | levels[0].available | 5    |
        | levels[1].location  | MAIN |
        | levels[1].item      | 4711 |
        | levels[1].available | 2    |
        | levels[2].location  | MAIN |
        | levels[2].item      | 999  |
        | levels[2].available | 1    |
        | levels[3].location  | MAIN |
        | levels[3].item      | 999  |
        | levels[3].available | 1    |
      Then the answer holds
        | total                          | 3                 |
        | created                        | 1                 |
        | failed                         | 2                 |
        | errors[0].row                  | 1                 |
        | errors[0].field                | levels[2]         |
        | errors[0].errors.product_id[0] | Product not found |
        | errors[1].row                  | 2                 |
        | errors[1].field                | levels[3]         |
      And the location "MAIN" has in stock
        | sku_code | quantity |
        | LAMP     | 7        |

    Example: The same within one list of rows
      Given the settings of the partner's mapping of inventory
        | zone | UTC |
      And the partner's mapping of inventory
        | theirs            | ours                      | merge                                     | lookup                         | type   | as      |
        | levels[]          | inventory[]               | location_code, sku_code, summing quantity |                                |        |         |
        | levels[].location | inventory[].location_code |                                           |                                |        |         |
        | levels[].item     | inventory[].sku_code      |                                           | products by custom_fields.item | string | integer |
        | levels[].available | inventory[].quantity     |                                           |                                |        |         |
      When the partner loads the inventory with
        | levels[0].location  | MAIN |
        | levels[0].item      | 4711 |
        | levels[0].available | 5    |
        | levels[1].location  | MAIN |
        | levels[1].item      | 4711 |
        | levels[1].available | 2    |
        | levels[2].location  | MAIN |
        | levels[2].item      | 999  |
        | levels[2].available | 1    |
      Then the answer holds
        | total                          | 2                 |
        | created                        | 1                 |
        | failed                         | 1                 |
        | errors[0].row                  | 1                 |
        | errors[0].field                | levels[2]         |
        | errors[0].errors.product_id[0] | Product not found |
      And the location "MAIN" has in stock
        | sku_code | quantity |
        | LAMP     | 7        |

    Example: A row of which nothing but an unknown id was sent
      When the partner loads the inventory with
        | levels[0].item      | 999  |
        | levels[1].location  | MAIN |
        | levels[1].item      | 4711 |
        | levels[1].available | 5    |
      Then the answer holds
        | created                        | 1                 |
        | failed                         | 1                 |
        | errors[0].row                  | 0                 |
        | errors[0].field                | levels[0]         |
        | errors[0].errors.product_id[0] | Product not found |

    Example: A location may be looked up as well
      Given the partner's mapping of inventory
        | theirs    | ours                       | lookup                     |
        | place     | inventory[0].location_code | locations by metadata.place |
        | item      | inventory[0].sku_code      |                            |
        | available | inventory[0].quantity      |                            |
      When the partner loads the inventory with
        | levels[0].place     | 12   |
        | levels[0].item      | TENT |
        | levels[0].available | 5    |
      Then the answer holds
        | failed                          | 1                  |
        | errors[0].errors.location_id[0] | Location not found |
        | errors[0].product_id            | TENT               |

    Example: Stock is answered with the partner's id
      Given the location "MAIN" holds 5 of "LAMP"
      When the partner reads the inventory of the location "MAIN"
      Then the answer lists exactly
        | location | item | available |
        | MAIN     | 4711 | 5         |

    Example: Any other error of the mapping refuses the whole load
      When the partner loads the inventory with
        | levels[0].location  | MAIN |
        | levels[0].item      | 4711 |
        | levels[0].available | 5    |
        | levels[1].location  | MAIN |
        | levels[1].item      | true |
        | levels[1].available | 1    |
      Then the call is refused with MAPPING_ERROR
      And the location "MAIN" has nothing in stock

  @changelog-2026-11-25-expected-quantity
  Rule: A row may say in the partner's words which stock it expects

    Background:
      Given the settings of the partner's mapping of inventory
        | record | Results[] |
      And the partner's mapping of inventory
        | theirs      | ours                           |
        | WarehouseID | inventory[0].location_code     |
        | InventoryID | inventory[0].sku_code          |
        | OnHand      | inventory[0].quantity          |
        | OnHandWas   | inventory[0].expected_quantity |
      And the location "MAIN" holds 5 of "TENT"

    Example: A row that expects another stock fails by itself
      When the partner loads the inventory with
        | Results[0].WarehouseID | MAIN |
        | Results[0].InventoryID | TENT |
        | Results[0].OnHand      | 8    |
        | Results[0].OnHandWas   | 4    |
      Then the answer holds
        | errors[0].field                       | Results[0]                      |
        | errors[0].errors.expected_quantity[0] | expected 4, but 5 are in stock |

    Example: What was expected is not answered
      When the partner reads the inventory of the location "MAIN"
      Then the answer lists exactly
        | WarehouseID | InventoryID | OnHand |
        | MAIN        | TENT        | 5      |

    Example: Bins of one warehouse are summed up, and so is what they expect
      Given the settings of the partner's mapping of inventory
        | record | Results[]                                                    |
        | merge  | location_code, sku_code, summing quantity, expected_quantity |
      And the partner's mapping of inventory
        | theirs      | ours                           |
        | WarehouseID | inventory[0].location_code     |
        | InventoryID | inventory[0].sku_code          |
        | OnHand      | inventory[0].quantity          |
        | OnHandWas   | inventory[0].expected_quantity |
      When the partner loads the inventory with
        | Results[0].WarehouseID | MAIN |
        | Results[0].InventoryID | TENT |
        | Results[0].OnHand      | 6    |
        | Results[0].OnHandWas   | 3    |
        | Results[1].WarehouseID | MAIN |
        | Results[1].InventoryID | TENT |
        | Results[1].OnHand      | 2    |
        | Results[1].OnHandWas   | 2    |
      Then the location "MAIN" has in stock
        | sku_code | quantity |
        | TENT     | 8        |

  Rule: A secret value is shown in no row's error

    Example: What is secret of a row that failed
      Given the partner's mapping of inventory
        | theirs     | ours                       | secret |
        | Rows[].Loc | inventory[].location_code  | true   |
        | Rows[].Sku | inventory[].sku_code       |        |
        | Rows[].Qty | inventory[].quantity       | true   |
      When the partner loads the inventory with
        | Rows[0].Loc | SESAME |
        | Rows[0].Sku | TENT   |
        | Rows[0].Qty | -5551  |
      Then the answer holds
        | failed                       | 1                  |
        | errors[0].location_id        | null               |
        | errors[0].product_id         | TENT               |
        | errors[0].errors.quantity[0] | must be at least 0 |
