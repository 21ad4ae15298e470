Feature: Payloads as real systems write them
  A mapping reads lists of pairs, nested rows, words in texts and more, and says where it read them.

  Background:
    Given the product "TENT"
    And the product "PEG"

  @changelog-2026-04-01-mapping-arrays
  Rule: Lines that are none of our business are left out

    Background:
      Given the partner's mapping of orders
        | theirs       | ours             | where             | required |
        | Lines[]      | items[]          | kind not in title |          |
        | Lines[].Item | items[].sku_code |                   | true     |
        | Lines[].Qty  | items[].quantity |                   |          |

    Example: The others are taken
      When the partner sends an order in its own words
        | order_number  | PO-1  |
        | Lines[0].kind | title |
        | Lines[1].Item | PEG   |
        | Lines[1].Qty  | 7     |
      Then the order "PO-1" has the lines
        | sku_code | quantity |
        | PEG      | 7        |

    @changelog-2026-11-24-partner-errors
    Example: Errors count the lines as they were sent
      When the partner sends an order in its own words
        | order_number  | PO-1  |
        | Lines[0].kind | title |
        | Lines[1].Item | PEG   |
        | Lines[1].Qty  | 0     |
      Then the call is refused with VALIDATION_ERROR
      And the refusal names
        | field        | code         | pointer      |
        | Lines[1].Qty | OUT_OF_RANGE | /Lines/1/Qty |

    Example: An order of which no line is left is not taken
      When the partner sends an order in its own words
        | order_number  | PO-1  |
        | Lines[0].kind | title |
      Then the call is refused with VALIDATION_ERROR
      And the refusal names
        | field | code      |
        | Lines | TOO_SHORT |

  @changelog-2026-04-01-mapping-arrays
  Rule: Nested rows become flat ones

    Example: Lines in parcels
      Given the partner's mapping of orders
        | theirs                 | ours             | flatten |
        | Parcels[].Lines[]      | items[]          | true    |
        | Parcels[].Lines[].Item | items[].sku_code |         |
        | Parcels[].Lines[].Qty  | items[].quantity |         |
      When the partner sends an order in its own words
        | order_number              | PO-1 |
        | Parcels[0].Lines[0].Item  | TENT |
        | Parcels[0].Lines[0].Qty   | 1    |
        | Parcels[1].Lines[0].Item  | PEG  |
        | Parcels[1].Lines[0].Qty   | 7    |
      Then the order "PO-1" has the lines
        | sku_code | quantity |
        | TENT     | 1        |
        | PEG      | 7        |

  @changelog-2026-04-01-mapping-arrays
  Rule: An element may be found by its key

    Example: The barcode among cross references, and back
      Given the partner's mapping of products
        | theirs                    | ours              |
        | Refs[Type='Barcode'].Code | custom_fields.upc |
      When the partner sends the product "LAMP" with
        | Refs[0].Type | Vendor  |
        | Refs[0].Code | V-1     |
        | Refs[1].Type | Barcode |
        | Refs[1].Code | 0123A   |
      Then the product "LAMP" holds
        | custom_fields.upc | 0123A |
      And the answer holds
        | Refs[0].Type | Barcode |
        | Refs[0].Code | 0123A   |

    Example: A list of pairs becomes an object, and back
      Given the partner's mapping of orders
        | theirs     | ours       | pairs       |
        | attributes | metadata.* | name, value |
      When the partner sends the order "PO-1" with
        | attributes[0].name  | gift |
        | attributes[0].value | yes  |
      Then the order "PO-1" holds
        | metadata.gift | yes |
      And the answer holds
        | attributes[0].name  | gift |
        | attributes[0].value | yes  |

    Example: Fields by the beginning of their name, and back
      Given the partner's mapping of orders
        | theirs | ours       |
        | U_*    | metadata.* |
      When the partner sends the order "PO-1" with
        | U_Gift | yes |
      Then the order "PO-1" holds
        | metadata.U_Gift | yes |
      And the answer holds
        | U_Gift | yes |

  @changelog-2026-11-24-value-conversion
  Rule: Figures may be summed up and kept from falling below a bound

    Example: The sum of all warehouses
      Given the partner's mapping of products
        | theirs              | ours     | total | direction |
        | Warehouses[].OnHand | quantity | sum   | in        |
      When the partner sends the product "LAMP" with
        | Warehouses[0].OnHand | 3 |
        | Warehouses[1].OnHand | 4 |
      Then the product "LAMP" holds
        | quantity | 7 |

    Example: Negative stock counts as none
      Given the partner's mapping of products
        | theirs | ours     | type    | min |
        | OnHand | quantity | integer | 0   |
      When the partner sends the product "LAMP" with
        | OnHand | -3 |
      Then the product "LAMP" holds
        | quantity | 0 |

    Example: All values of an array
      Given the partner's mapping of orders
        | theirs         | ours           | gather | direction |
        | Notes[].Remark | metadata.notes | true   | in        |
      When the partner sends the order "PO-1" with
        | Notes[0].Remark | ring  |
        | Notes[1].Remark | knock |
      Then the order "PO-1" holds
        | metadata.notes[0] | ring  |
        | metadata.notes[1] | knock |

    Example: All values of an array as one text
      Given the partner's mapping of orders
        | theirs         | ours  | gather | join | direction |
        | Notes[].Remark | notes | true   | ", " | in        |
      When the partner sends the order "PO-1" with
        | Notes[0].Remark | ring  |
        | Notes[1].Remark | knock |
      Then the order "PO-1" holds
        | notes | ring, knock |

  @changelog-2026-11-24-value-conversion
  Rule: A question about the document may be the value

    Example: <what> (as a yes or no)
      Given the partner's mapping of products
        | ours      | test           | direction |
        | is_active | state in alive | in        |
      When the partner sends the product "LAMP" with
        | state | <state> |
      Then the product "LAMP" holds
        | is_active | <active> |

      Examples:
        | what                      | state      | active |
        | It is so                  | alive      | true   |
        | It is not so              | retired    | false  |
        | Not sent is no answer     | (not sent) | true   |

  @changelog-2026-11-24-value-conversion
  Rule: A value may stand inside a text or in another shape

    Example: <what> (as a text)
      Given the partner's mapping of orders
        | theirs | ours  | text   | direction |
        | item   | notes | <text> | in        |
      When the partner sends the order "PO-1" with
        | item | <sent> |
      Then the order "PO-1" holds
        | notes | <read> |

      Examples:
        | what                    | text             | sent              | read  |
        | After the last mark     | after " : "      | Bikes : Parts : F | F     |
        | All of it without mark  | after " : "      | F                 | F     |
        | Before the first mark   | before " - "     | F - Fork          | F     |
        | Between two marks       | between "[" "]"  | [F-1] Fork        | F-1   |
        | Nothing between         | between "[" "]"  | Fork              | null  |

    Example: A prefix is added, and taken away in the answer
      Given the partner's mapping of orders
        | theirs | ours         | text           |
        | number | order_number | prefix "SHOP-" |
      When the partner sends an order in its own words
        | number            | "77" |
        | items[0].sku_code | TENT |
        | items[0].quantity | 1    |
      Then the order "SHOP-77" is pending
      And the answer holds
        | number | "77" |

    Example: The same field as an object, a pair or a bare id
      Given the partner's mapping of orders
        | theirs                               | ours             | direction |
        | partner.name / partner[1] / partner  | customer_name    | in        |
      When the partner sends the order "PO-1" with
        | partner[0] | 7           |
        | partner[1] | Avery Quill |
      Then the order "PO-1" holds
        | customer_name | Avery Quill |
