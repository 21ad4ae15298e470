Feature: Which field an identifier names
  A client addresses a record by the field that its mapping, its partner or the platform says.

  @changelog-2026-04-17-identifier-resolution
  Rule: The mapping's field comes first, then the partner's, then the platform's

    Example: The platform's field of the <record>
      Given the <record> "X-1"
      When the partner reads the <record> "X-1"
      Then the answer holds
        | <field> | X-1 |

      Examples:
        | record   | field        |
        | order    | order_number |
        | product  | sku          |
        | location | code         |

    Example: The partner's field, where the resource has it
      Given the partner addresses records by "external_order_id"
      And the partner has sent the order "PO-1" with
        | external_order_id | X-1 |
      When the partner reads the order "X-1"
      Then the answer holds
        | order_number | PO-1 |

    Example: The partner's field then counts instead of the platform's
      Given the partner addresses records by "external_order_id"
      And the partner has sent the order "PO-1" with
        | external_order_id | X-1 |
      When the partner reads the order "PO-1"
      Then the call is refused with NOT_FOUND

    Example: The partner's field falls through where a <record> does not have it
      Given the partner addresses records by "external_order_id"
      And the <record> "X-1"
      When the partner reads the <record> "X-1"
      Then the answer holds
        | <field> | X-1 |

      Examples:
        | record   | field |
        | product  | sku   |
        | location | code  |

    Example: The mapping's field counts before the partner's
      Given the partner addresses records by "external_order_id"
      And the partner's orders are addressed by "order_number"
      And the partner has sent the order "PO-1" with
        | external_order_id | X-1 |
      When the partner reads the order "PO-1"
      Then the answer holds
        | external_order_id | X-1 |

    Example: Our own id may identify
      Given the partner's orders are addressed by "id"
      And the order "PO-1"
      When the partner reads the order by our id of "PO-1"
      Then the answer holds
        | order_number | PO-1 |

    Example: A field that the resource does not have is refused when the mapping is saved
      When the operator sets the field that identifies the partner's products to "external_order_id"
      Then the operator is refused, with a message that names "sku"

  @changelog-2026-11-24-identifier-paths
  Rule: A field may be a path into an open object

    Example: Custom fields of a product
      Given the partner's products are addressed by "custom_fields.upc"
      And the partner has sent the product "TENT" with
        | custom_fields.upc | "012345678905" |
      When the partner changes the product "012345678905"
        | quantity | 7 |
      Then the product "TENT" holds
        | quantity | 7 |

    Example: Metadata of an order, at any depth
      Given the partner's orders are addressed by "metadata.erp.number"
      And the partner has sent the order "PO-1" with
        | metadata.erp.number | E-77 |
      When the partner cancels "E-77"
      Then the order "PO-1" is cancelled

    Example: Whatever the name of the path is: <path>
      Given the partner's orders are addressed by "metadata.<path>"
      And the partner has sent the order "PO-1" with
        | metadata.<path> | E-77 |
      When the partner reads the order "E-77"
      Then the answer holds
        | order_number | PO-1 |

      Examples:
        | path      |
        | number    |
        | größe     |
        | two words |
        | a-b       |
        | $x        |
        | 0         |
        | %         |

    Example: A number is compared by its digits: <held>
      Given the partner's products are addressed by "custom_fields.item"
      And the partner has sent the product "TENT" with
        | custom_fields.item | <held> |
      When the partner reads the product "<identifier>"
      Then the answer holds
        | sku | TENT |

      Examples:
        | held                 | identifier           |
        | 4711                 | 4711                 |
        | "4711"               | 4711                 |
        | 4711.0               | 4711                 |
        | -7                   | -7                   |
        | 0                    | 0                    |
        | 1.5                  | 1.5                  |
        | 9223372036854775807  | 9223372036854775807  |

    Example: Numbers that differ are two numbers, however large
      Given the partner's products are addressed by "custom_fields.item"
      And the partner has sent the product "TENT" with
        | custom_fields.item | 9007199254740993 |
      When the partner reads the product "9007199254740992"
      Then the call is refused with NOT_FOUND

    Example: An element of a list is not addressed
      Given the partner's products are addressed by "custom_fields.tags.0"
      And the partner has sent the product "TENT" with
        | custom_fields.tags[0] | outdoor |
      When the partner reads the product "outdoor"
      Then the call is refused with NOT_FOUND

    Example: <held> is not addressed by "<identifier>"
      Given the partner's products are addressed by "custom_fields.item"
      And the partner has sent the product "TENT" with
        | custom_fields.item | <held> |
      When the partner reads the product "<identifier>"
      Then the call is refused with NOT_FOUND

      Examples:
        | held            | identifier |
        | true            | true       |
        | null            | null       |
        | an empty object | {}         |
        | "04711"         | 4711       |
        | A-1             | a-1        |
        | 1.5             | 1.50       |
        | 4711            | 4711.0     |
        | 4711            | 04711      |

    Example: A value that several products carry is ambiguous
      Given the partner's products are addressed by "custom_fields.line"
      And the partner has sent the product "TENT" with
        | custom_fields.line | outdoor |
      And the partner has sent the product "PEG" with
        | custom_fields.line | outdoor |
      When the partner reads the product "outdoor"
      Then the call is refused with AMBIGUOUS_IDENTIFIER

  @changelog-2026-11-24-encoded-identifiers
  Rule: Identifiers are compared exactly

    Example: "<code>" names the location "<code>"
      Given the location "<code>"
      When the partner reads the location "<code>"
      Then the answer holds
        | code | <code> |

      Examples:
        | code          |
        | WH/SHELF-01   |
        | WH 1%2F2      |
        | größe?a=b#c   |
        | ../orders     |
        | two  blanks   |

    Example: "<other>" does not name the location "Main"
      Given the location "Main"
      When the partner reads the location "<other>"
      Then the call is refused with NOT_FOUND

      Examples:
        | other |
        | main  |
        | MAIN  |
        | Mäin  |

    Example: Nothing is trimmed
      Given the location "Main"
      When the partner reads the location "Main "
      Then the call is refused with NOT_FOUND

  @changelog-2026-11-24-ambiguous-identifiers
  Rule: An order is looked for among the caller's own first, then among all

    Example: The caller's own comes first
      Given the partner "north" has sent the order "#1001" with
        | notes | from the north |
      And the partner "south" has sent the order "#1001" with
        | notes | from the south |
      When the partner "south" reads the order "#1001"
      Then the answer holds
        | notes | from the south |

    Example: Without one of its own the caller finds another's
      Given the partner "north" has sent the order "#1001"
      When the partner "south" reads the order "#1001"
      Then the answer holds
        | partner | north |

    Example: Several of others are ambiguous
      Given the partner "north" has sent the order "#1001"
      And the partner "south" has sent the order "#1001"
      When the pass-through client reads the order "#1001"
      Then the call is refused with AMBIGUOUS_IDENTIFIER

    Example: An ambiguous order is not cancelled either
      Given the partner "north" has sent the order "#1001"
      And the partner "south" has sent the order "#1001"
      When the pass-through client cancels "#1001"
      Then the call is refused with AMBIGUOUS_IDENTIFIER
      And the order "#1001" of the partner "north" is pending

    Example: A client without a partner has its own first as well
      Given the partner "north" has sent the order "#1001"
      And the partner "south" has sent the order "#1001"
      And the pass-through client has sent the order "#1001"
      When the pass-through client reads the order "#1001"
      Then the answer holds
        | partner | null |

    Example: Several of the caller's own are ambiguous
      Given the partner's orders are addressed by "metadata.batch"
      And the partner has sent the order "PO-1" with
        | metadata.batch | B-1 |
      And the partner has sent the order "PO-2" with
        | metadata.batch | B-1 |
      When the partner reads the order "B-1"
      Then the call is refused with AMBIGUOUS_IDENTIFIER

  Rule: Inventory is addressed as the location or the product would be

    Example: By the location's field
      Given the partner's locations are addressed by "metadata.branch"
      And the partner has sent the location "MAIN" with
        | metadata.branch | Helsinki |
      And the location "MAIN" holds 5 of "TENT"
      When the partner reads the inventory of the location "Helsinki"
      Then the answer lists exactly
        | location_code | sku_code | quantity |
        | MAIN          | TENT     | 5        |

    Example: By the product's field
      Given the partner's products are addressed by "custom_fields.upc"
      And the partner has sent the product "TENT" with
        | custom_fields.upc | "0123" |
      And the location "MAIN" holds 5 of "TENT"
      When the partner reads the inventory of the product "0123"
      Then the answer lists exactly
        | location_code | sku_code | quantity |
        | MAIN          | TENT     | 5        |
