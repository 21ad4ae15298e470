Feature: A partner's own names and places
  A mapping says which place of the partner's document is which of ours, in both directions.

  Background:
    Given the product "TENT"
    And the product "PEG"

  @changelog-2026-04-01-mapping-rename
  Rule: A field may have another name

    Example: A renamed field is read
      Given the partner's mapping of orders
        | theirs    | ours         |
        | po_number | order_number |
      When the partner sends an order in its own words
        | po_number         | PO-1 |
        | items[0].sku_code | TENT |
        | items[0].quantity | 2    |
      Then the order "PO-1" is pending

    Example: Names compare letter by letter
      Given the partner's mapping of orders
        | theirs    | ours         |
        | po_number | order_number |
      When the partner sends an order in its own words
        | PO_Number         | PO-1 |
        | items[0].sku_code | TENT |
        | items[0].quantity | 2    |
      Then the call is refused with VALIDATION_ERROR
      And the refusal names
        | field     | code    |
        | po_number | MISSING |

    Example: A name that a rule claims cannot be slipped past it
      Given the partner's mapping of orders
        | theirs    | ours         |
        | po_number | order_number |
      When the partner sends an order in its own words
        | po_number         | PO-1 |
        | order_number      | PO-2 |
        | items[0].sku_code | TENT |
        | items[0].quantity | 2    |
      Then the order "PO-1" is pending
      And there is no order "PO-2"

  @changelog-2026-04-01-mapping-dot-path
  Rule: A field may stand inside other objects, on either side

    Example: From inside the partner's document
      Given the partner's mapping of orders
        | theirs             | ours          |
        | header.vendor.name | customer_name |
      When the partner sends the order "PO-1" with
        | header.vendor.name | Avery Quill |
      Then the order "PO-1" holds
        | customer_name | Avery Quill |

    Example: Into an open object of ours
      Given the partner's mapping of orders
        | theirs  | ours                |
        | ship_to | metadata.route.gate |
      When the partner sends the order "PO-1" with
        | ship_to | G4 |
      Then the order "PO-1" holds
        | metadata.route.gate | G4 |

    Example: What is not there makes no empty objects
      Given the partner's mapping of orders
        | theirs      | ours                |
        | header.gate | metadata.route.gate |
      When the partner sends the order "PO-1"
      Then the order "PO-1" holds
        | metadata | an empty object |

  @changelog-2026-04-01-mapping-arrays
  Rule: The elements of an array become the elements of another, in the same order

    Background:
      Given the partner's mapping of orders
        | theirs              | ours             |
        | po_number           | order_number     |
        | Details[].Inventory | items[].sku_code |
        | Details[].OrderQty  | items[].quantity |

    Example: Lines
      When the partner sends an order in its own words
        | po_number            | PO-1 |
        | Details[0].Inventory | PEG  |
        | Details[0].OrderQty  | 7    |
        | Details[1].Inventory | TENT |
        | Details[1].OrderQty  | 1    |
      Then the order "PO-1" has the lines
        | sku_code | quantity |
        | PEG      | 7        |
        | TENT     | 1        |

    Example: An array that is empty stays empty
      When the partner sends an order in its own words
        | po_number | PO-1          |
        | Details   | an empty list |
      Then the call is refused with VALIDATION_ERROR
      And the refusal names
        | field   | code      |
        | Details | TOO_SHORT |

    Example: An array that is none
      When the partner sends an order in its own words
        | po_number | PO-1 |
        | Details   | none |
      Then the call is refused with MAPPING_ERROR
      And the refusal names
        | field   | code        |
        | Details | WRONG_SHAPE |

  @changelog-2026-04-01-mapping-array-index
  Rule: One element of an array can be read by its position

    Example: The first
      Given the partner's mapping of orders
        | theirs            | ours                |
        | contacts[0].email | customer_info.email |
      When the partner sends the order "PO-1" with
        | contacts[0].email | avery@example.com |
        | contacts[1].email | robin@example.com |
      Then the order "PO-1" holds
        | customer_info.email | avery@example.com |

    Example: The last
      Given the partner's mapping of orders
        | theirs             | ours                | direction |
        | contacts[-1].email | customer_info.email | in        |
      When the partner sends the order "PO-1" with
        | contacts[0].email | avery@example.com |
        | contacts[1].email | robin@example.com |
      Then the order "PO-1" holds
        | customer_info.email | robin@example.com |

    Example: An array that is too short has none
      Given the partner's mapping of orders
        | theirs            | ours                | direction |
        | contacts[1].email | customer_info.email | in        |
      When the partner sends the order "PO-1" with
        | contacts[0].email | avery@example.com |
      Then the order "PO-1" holds
        | customer_info | an empty object |

    Example: A value that every line repeats
      Given the partner's mapping of orders
        | theirs             | ours               |
        | Lines[].Item       | items[].sku_code   |
        | Lines[].Qty        | items[].quantity   |
        | Lines[=].Warehouse | metadata.warehouse |
      When the partner sends an order in its own words
        | order_number       | PO-1 |
        | Lines[0].Item      | TENT |
        | Lines[0].Qty       | 1    |
        | Lines[0].Warehouse | MAIN |
        | Lines[1].Item      | PEG  |
        | Lines[1].Qty       | 1    |
        | Lines[1].Warehouse | MAIN |
      Then the order "PO-1" holds
        | metadata.warehouse | MAIN |

    Example: A value on which the lines do not agree
      Given the partner's mapping of orders
        | theirs             | ours               |
        | Lines[].Item       | items[].sku_code   |
        | Lines[].Qty        | items[].quantity   |
        | Lines[=].Warehouse | metadata.warehouse |
      When the partner sends an order in its own words
        | order_number       | PO-1 |
        | Lines[0].Item      | TENT |
        | Lines[0].Qty       | 1    |
        | Lines[0].Warehouse | MAIN |
        | Lines[1].Item      | PEG  |
        | Lines[1].Qty       | 1    |
        | Lines[1].Warehouse | SIDE |
      Then the call is refused with MAPPING_ERROR
      And the refusal names
        | field              | code     |
        | Lines[1].Warehouse | DISAGREE |

  @changelog-2026-04-01-mapping-static-values
  Rule: A field may have a fixed value, whatever is sent

    Example: A field of ours
      Given the partner's mapping of orders
        | ours            | const     |
        | metadata.source | acumatica |
      When the partner sends the order "PO-1" with
        | metadata.source | forged |
      Then the order "PO-1" holds
        | metadata.source | acumatica |

    Example: A change does not write it
      Given the order "PO-1"
      And the partner's mapping of orders
        | ours            | const     |
        | metadata.source | acumatica |
      When the partner changes the order "PO-1"
        | notes | knock |
      Then the order "PO-1" holds
        | metadata | an empty object |

    Example: A field of the partner's
      Given the partner's mapping of orders
        | theirs    | const |
        | OrderType | SO    |
      When the partner sends the order "PO-1"
      Then the answer holds
        | OrderType | SO |

    Example: A field of the partner's that must have it
      Given the partner's mapping of orders
        | theirs    | const | expect |
        | OrderType | SO    | true   |
      When the partner sends the order "PO-1" with
        | OrderType | QT |
      Then the call is refused with MAPPING_ERROR
      And the refusal names
        | field     | code             |
        | OrderType | UNEXPECTED_VALUE |

  Rule: What no rule names is passed on, dropped or refused

    Example: It is passed on unless the mapping says otherwise
      Given the partner's mapping of orders
        | theirs    | ours         |
        | po_number | order_number |
      When the partner sends an order in its own words
        | po_number         | PO-1        |
        | customer_name     | Avery Quill |
        | items[0].sku_code | TENT        |
        | items[0].quantity | 2           |
      Then the order "PO-1" holds
        | customer_name | Avery Quill |

    Example: Dropped
      Given the settings of the partner's mapping of products
        | unmapped.in | drop |
      And the partner's mapping of products
        | theirs | ours |
        | code   | sku  |
      When the partner sends a product in its own words
        | code     | LAMP |
        | quantity | 7    |
      Then the product "LAMP" holds
        | quantity | 0 |

    Example: Refused
      Given the settings of the partner's mapping of products
        | unmapped.in | reject |
      And the partner's mapping of products
        | theirs | ours |
        | code   | sku  |
      When the partner sends a product in its own words
        | code     | LAMP |
        | quantity | 7    |
      Then the call is refused with MAPPING_ERROR
      And the refusal names
        | field    | code     |
        | quantity | UNMAPPED |
