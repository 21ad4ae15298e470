Feature: A partner's own values
  Values are read as ours and written back as the partner's; what cannot be converted is refused.

  Background:
    Given the product "TENT"

  @changelog-2026-11-24-value-conversion
  Rule: Reading is generous where nothing is lost

    Example: As <type>, <sent> is read as <read>
      Given the partner's mapping of orders
        | theirs | ours           | type   | as   |
        | theirs | metadata.value | <type> | <as> |
      When the partner sends the order "PO-1" with
        | theirs | <sent> |
      Then the order "PO-1" holds
        | metadata.value | <read> |

      Examples:
        | type     | as         | sent                      | read                 |
        | string   |            | abc                       | abc                  |
        | string   | integer    | 5409812340987             | "5409812340987"      |
        | string   | integer    | "007"                     | "007"                |
        | boolean  |            | true                      | true                 |
        | integer  |            | 7                         | 7                    |
        | integer  |            | 7.0                       | 7                    |
        | integer  |            | "7.000"                   | 7                    |
        | integer  |            | " 7 "                     | 7                    |
        | number   |            | "2.5"                     | 2.5                  |
        | decimal  |            | 12.50                     | "12.5"               |
        | decimal  |            | "12.50"                   | "12.5"               |
        | date     |            | 2026-03-11                | 2026-03-11           |
        | date     | DD.MM.YYYY | 11.03.2026                | 2026-03-11           |
        | datetime | iso        | 2026-03-05T11:31:26-07:00 | 2026-03-05T18:31:26Z |
        | datetime | iso        | 2016-12-31T15:59:60-08:00 | 2017-01-01T00:00:00Z |
        | datetime | epoch_s    | 0                         | 1970-01-01T00:00:00Z |
        | datetime | epoch_ms   | 1500                      | 1970-01-01T00:00:01.5Z |

    Example: A time without an offset is meant in the mapping's zone
      Given the settings of the partner's mapping of orders
        | zone | Europe/Helsinki |
      And the partner's mapping of orders
        | theirs | ours       | type     | as         |
        | Date   | order_date | datetime | YYYY-MM-DD |
      When the partner sends the order "PO-1" with
        | Date | 2026-03-11 |
      Then the order "PO-1" holds
        | order_date | 2026-03-10T22:00:00Z |

    Example: The partner's words for a state
      Given the partner's mapping of orders
        | theirs | ours            | values                         |
        | Status | metadata.status | Open = open, On Hold = waiting |
      When the partner sends the order "PO-1" with
        | Status | On Hold |
      Then the order "PO-1" holds
        | metadata.status | waiting |

  @changelog-2026-11-24-value-conversion
  Rule: What cannot be converted is refused, never guessed or rounded

    Example: As <type>, <sent> is <code>
      Given the partner's mapping of orders
        | theirs | ours           | type   | as   | values   |
        | theirs | metadata.value | <type> | <as> | <values> |
      When the partner sends the order "PO-1" with
        | theirs | <sent> |
      Then the call is refused with MAPPING_ERROR
      And the refusal names
        | field  | code   |
        | theirs | <code> |

      Examples:
        | type     | as         | values      | sent                | code             |
        | string   |            |             | 7                   | WRONG_TYPE       |
        | boolean  |            |             | 1                   | WRONG_TYPE       |
        | integer  |            |             | true                | WRONG_TYPE       |
        | integer  |            |             | one                 | NOT_CONVERTIBLE  |
        | integer  |            |             | "2.500"             | NOT_CONVERTIBLE  |
        | integer  |            |             | 2.5                 | NOT_CONVERTIBLE  |
        | integer  |            |             | "9223372036854775808" | OUT_OF_RANGE   |
        | number   |            |             | "1e3"               | NOT_CONVERTIBLE  |
        | date     | DD.MM.YYYY |             | 31.02.2026          | NOT_CONVERTIBLE  |
        | date     | DD.MM.YYYY |             | 2026-03-11          | NOT_CONVERTIBLE  |
        | datetime | iso        |             | tomorrow            | NOT_CONVERTIBLE  |
        |          |            | Open = open | Lost                | VALUE_NOT_MAPPED |
        |          |            | 1 = one     | "1"                 | VALUE_NOT_MAPPED |

  Rule: What is not there may have a default, or be required

    Example: A default
      Given the partner's mapping of orders
        | theirs   | ours              | default |
        | Currency | metadata.currency | USD     |
      When the partner sends the order "PO-1"
      Then the order "PO-1" holds
        | metadata.currency | USD |

    Example: A default gives way to what is sent
      Given the partner's mapping of orders
        | theirs   | ours              | default |
        | Currency | metadata.currency | USD     |
      When the partner sends the order "PO-1" with
        | Currency | EUR |
      Then the order "PO-1" holds
        | metadata.currency | EUR |

    Example: A change does not write the default
      Given the order "PO-1"
      And the partner's mapping of orders
        | theirs   | ours              | default |
        | Currency | metadata.currency | USD     |
      When the partner changes the order "PO-1"
        | notes | knock |
      Then the order "PO-1" holds
        | metadata | an empty object |

    Example: Required and not there
      Given the partner's mapping of orders
        | theirs | ours          | required |
        | Buyer  | customer_name | true     |
      When the partner sends the order "PO-1"
      Then the call is refused with MAPPING_ERROR
      And the refusal names
        | field | code    |
        | Buyer | MISSING |

    Example: Required and null
      Given the partner's mapping of orders
        | theirs | ours          | required |
        | Buyer  | customer_name | true     |
      When the partner sends the order "PO-1" with
        | Buyer | null |
      Then the call is refused with MAPPING_ERROR
      And the refusal names
        | field | code             |
        | Buyer | NULL_NOT_ALLOWED |

    Example: A change need not send what is required
      Given the order "PO-1"
      And the partner's mapping of orders
        | theirs | ours          | required |
        | Buyer  | customer_name | true     |
      When the partner changes the order "PO-1"
        | notes | knock |
      Then the call succeeds

    Example: The first of several places that is there
      Given the partner's mapping of orders
        | theirs         | ours          |
        | Buyer / Client | customer_name |
      When the partner sends the order "PO-1" with
        | Client | Avery Quill |
      Then the order "PO-1" holds
        | customer_name | Avery Quill |

  Rule: A partner may have its own way of saying nothing

    Example: What is empty in its language is not there
      Given the settings of the partner's mapping of orders
        | empty | null, an empty text, 0001-01-01 |
      And the partner's mapping of orders
        | theirs | ours     | type     | as         |
        | Buyer  | customer_name |     |            |
        | Due    | due_date | datetime | iso        |
      When the partner sends the order "PO-1" with
        | Buyer | an empty text |
        | Due   | 0001-01-01    |
      Then the order "PO-1" holds
        | customer_name | null |
        | due_date      | null |

    Example: In a change, what is there and empty clears
      Given the partner has sent the order "PO-1" with
        | customer_name | Avery Quill |
        | notes         | ring twice  |
      And the settings of the partner's mapping of orders
        | empty | null, an empty text |
      And the partner's mapping of orders
        | theirs | ours          |
        | Buyer  | customer_name |
        | Remark | notes         |
      When the partner changes the order "PO-1"
        | Buyer | an empty text |
      Then the order "PO-1" holds
        | customer_name | null       |
        | notes         | ring twice |

    Example: In a change, a named value that is there and empty clears
      Given the partner has sent the order "PO-1" with
        | metadata.gift | yes  |
        | metadata.U_a  | blue |
      And the settings of the partner's mapping of orders
        | empty | null, an empty text |
      And the partner's mapping of orders
        | theirs | ours       | pairs       |
        | notes  | metadata.* | name, value |
        | U_*    | metadata.* |             |
      When the partner changes the order "PO-1"
        | notes[0].name  | gift          |
        | notes[0].value | an empty text |
        | U_a            | null          |
      Then the order "PO-1" holds
        | metadata | an empty object |

    Example: The number <number> keeps its digits
      Given the partner's mapping of orders
        | theirs | ours       | type   |
        | n      | metadata.n | number |
      When the partner sends the order "PO-1" with
        | n | "<number>" |
      Then the order "PO-1" holds
        | metadata.n | <number> |

      Examples:
        | number                         |
        | 9223372036854775808            |
        | 999999999999999999999999999999 |

    Example: Values in a wrapper of their own
      Given the settings of the partner's mapping of products
        | wrap | value |
      And the partner's mapping of products
        | theirs      | ours     | type    |
        | InventoryID | sku      | string  |
        | OnHand      | quantity | integer |
      When the partner sends a product in its own words
        | InventoryID.value | LAMP    |
        | OnHand.value      | "7.000" |
      Then the product "LAMP" holds
        | quantity | 7 |

  Rule: Texts may be cleaned, joined and taken apart

    Example: <steps> makes <read> of <sent>
      Given the partner's mapping of orders
        | theirs | ours  | text    | direction |
        | Remark | notes | <steps> | in        |
      When the partner sends the order "PO-1" with
        | Remark | <sent> |
      Then the order "PO-1" holds
        | notes | <read> |

      Examples:
        | steps             | sent                   | read       |
        | trim              | "  ring twice "        | ring twice |
        | collapse          | "ring    twice"        | ring twice |
        | upper             | ring                   | RING       |
        | lower             | RING                   | ring       |
        | unescape          | ring &amp; wait        | ring & wait |
        | strip_tags, trim  | <b>ring</b> twice      | ring twice |

    Example: Two places joined
      Given the partner's mapping of orders
        | theirs       | ours          | join      | direction |
        | first / last | customer_name | " "       | in        |
      When the partner sends the order "PO-1" with
        | first | Avery |
        | last  | Quill |
      Then the order "PO-1" holds
        | customer_name | Avery Quill |
