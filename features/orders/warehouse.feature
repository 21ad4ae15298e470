Feature: Verifying and shipping an order
  The warehouse counts what it packs, line by line, and ships what is complete.

  Background:
    Given the order "PO-1" with the lines
      | sku_code | quantity |
      | TENT     | 2        |
      | PEG      | 1        |
      | TENT     | 3        |

  @changelog-2026-11-24-warehouse-steps
  Rule: A count fills the lines of its SKU in order

    Example: <counted> of 5 tents
      When the warehouse counts <counted> of "TENT" in the order "PO-1"
      Then the order "PO-1" has the lines
        | sku_code | verified_quantity | verification_status |
        | TENT     | <first>           | <first status>      |
        | PEG      | 0                 | pending             |
        | TENT     | <third>           | <third status>      |

      Examples:
        | counted | first | first status | third | third status |
        | 0       | 0     | pending      | 0     | pending      |
        | 1       | 1     | partial      | 0     | pending      |
        | 2       | 2     | verified     | 0     | pending      |
        | 4       | 2     | verified     | 2     | partial      |
        | 5       | 2     | verified     | 3     | verified     |
        | 9       | 2     | verified     | 3     | verified     |

    Example: A count is what was counted, not what is added
      Given the warehouse has counted 4 of "TENT" in the order "PO-1"
      When the warehouse counts 1 of "TENT" in the order "PO-1"
      Then the order "PO-1" has the lines
        | sku_code | verified_quantity |
        | TENT     | 1                 |
        | PEG      | 0                 |
        | TENT     | 0                 |

    Example: A SKU that is on no line is refused
      When the warehouse counts 1 of "LAMP" in the order "PO-1"
      Then the operator is refused, with a message that names "LAMP"
      And the order "PO-1" is pending

  @changelog-2026-11-24-warehouse-steps
  Rule: The first count starts the order, the last complete line verifies it

    Example: The first count
      When the warehouse counts 1 of "PEG" in the order "PO-1"
      Then the order "PO-1" is in progress

    Example: The last complete line
      Given the warehouse has counted 5 of "TENT" in the order "PO-1"
      When the warehouse counts 1 of "PEG" in the order "PO-1"
      Then the order "PO-1" is verified

    Example: A partner sees how far its order has come
      Given the warehouse has counted 1 of "TENT" in the order "PO-1"
      When the partner reads the order "PO-1"
      Then the answer holds
        | status                       | in_progress |
        | items[0].verified_quantity   | 1           |
        | items[0].verification_status | partial     |

  @changelog-2026-11-24-warehouse-steps
  Rule: Only a verified order ships

    Example: A verified order ships
      Given the order "PO-1" has become verified
      When the warehouse ships the order "PO-1"
      Then the order "PO-1" is shipped

    Example: A <status> order does not ship
      Given the order "PO-1" has become <status>
      When the warehouse ships the order "PO-1"
      Then the operator is refused, with a message that names "PO-1"
      And the order "PO-1" is <status>

      Examples:
        | status      |
        | pending     |
        | in progress |
        | shipped     |
        | cancelled   |

  Rule: A shipped or cancelled order is not verified

    Example: A <status> order
      Given the order "PO-1" has become <status>
      When the warehouse counts 1 of "PEG" in the order "PO-1"
      Then the operator is refused, with a message that names "PO-1"
      And the order "PO-1" is <status>

      Examples:
        | status    |
        | shipped   |
        | cancelled |

  Rule: Where several partners use a number, the warehouse names the partner

    Example: A number that is not unique
      Given the partner "north" has sent the order "PO-1"
      When the warehouse counts 1 of "TENT" in the order "PO-1"
      Then the operator is refused, with a message that names "north"

    Example: The partner is named
      Given the partner "north" has sent the order "PO-1"
      When the warehouse counts 1 of "TENT" in the order "PO-1" of the partner "north"
      Then the order "PO-1" of the partner "north" is in progress
