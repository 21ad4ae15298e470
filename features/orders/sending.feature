Feature: Sending an order
  A partner sends an order, and it is taken whole or not at all.

  Background:
    Given the product "TENT"
    And the product "PEG"

  @changelog-2026-04-01-orders
  Rule: A complete order is taken and answered whole

    Example: Every field is answered, also the empty ones
      When the partner sends the order "PO-1"
      Then the record is reported as new
      And the answer has exactly the fields
        | order_number        |
        | external_order_id   |
        | customer_name       |
        | customer_info       |
        | notes               |
        | order_date          |
        | due_date            |
        | metadata            |
        | items               |
        | id                  |
        | status              |
        | partner             |
        | cancellation_reason |
        | created_at          |
        | updated_at          |

    Example: What was sent comes back, with what the platform adds
      When the partner sends the order "PO-1" with
        | external_order_id   | "5409812340987"     |
        | customer_name       | Avery Quill         |
        | customer_info.email | avery@example.com   |
        | notes               | ring twice          |
        | order_date          | 2026-04-30T22:00:00 |
        | metadata.channel    | web                 |
        | items[0].notes      | gift wrap           |
      Then the answer holds
        | order_number                 | PO-1                 |
        | external_order_id            | "5409812340987"      |
        | customer_name                | Avery Quill          |
        | customer_info.email          | avery@example.com    |
        | notes                        | ring twice           |
        | order_date                   | 2026-04-30T22:00:00Z |
        | due_date                     | null                 |
        | metadata.channel             | web                  |
        | id                           | an id                |
        | status                       | pending              |
        | partner                      | acme                 |
        | cancellation_reason          | null                 |
        | created_at                   | a time               |
        | items[0].id                  | an id                |
        | items[0].sku_code            | TENT                 |
        | items[0].quantity            | 2                    |
        | items[0].notes               | gift wrap            |
        | items[0].verified_quantity   | 0                    |
        | items[0].verification_status | pending              |

    Example: A SKU may stand on several lines
      When the partner sends the order "PO-1" with
        | items[1].sku_code | TENT |
        | items[1].quantity | 1    |
      Then the order "PO-1" has the lines
        | sku_code | quantity |
        | TENT     | 2        |
        | TENT     | 1        |

    Example: An optional field that is null was not sent
      When the partner sends the order "PO-1" with
        | customer_name | null |
        | metadata      | null |
        | due_date      | null |
      Then the order "PO-1" holds
        | customer_name | null            |
        | metadata      | an empty object |
        | due_date      | null            |

    Example: A line of a client without a mapping names the product by its SKU as well
      When the pass-through client sends the order "PO-1"
      Then the answer holds
        | items[0].sku_code | TENT |
        | items[0].sku.sku  | TENT |
        | partner           | null |

    Example: A line in a partner's answer does not repeat the SKU
      When the partner sends the order "PO-1"
      Then the answer does not hold "items[0].sku"

    Example: What only the platform sets may be sent back and changes nothing
      When the partner sends the order "PO-1" with
        | id                         | 17       |
        | status                     | shipped  |
        | created_at                 | long ago |
        | items[0].verified_quantity | 2        |
      Then the order "PO-1" is pending
      And the order "PO-1" has the lines
        | sku_code | quantity | verified_quantity |
        | TENT     | 2        | 0                 |

  @changelog-2026-04-01-orders
  Rule: An order's number is unique among the partner's own

    Example: A repeated number tells that the first attempt landed
      Given the order "PO-1"
      When the partner sends the order "PO-1"
      Then the call is refused with VALIDATION_ERROR
      And the refusal says "order_number already exists"
      And the refusal names
        | field        | code       |
        | order_number | NOT_UNIQUE |

    Example: It is told before anything about the SKUs
      Given the order "PO-1"
      When the partner sends the order "PO-1" with
        | items[0].sku_code | NO-SUCH |
      Then the call is refused with VALIDATION_ERROR
      And the refusal says "order_number already exists"

    Example: Two partners may both have an order with this number
      Given the partner "north" has sent the order "#1001"
      When the partner "south" sends the order "#1001"
      Then the record is reported as new

    Example: Clients without a partner share one space
      Given the client with the key "first" has sent the order "PO-1"
      When the client with the key "second" sends the order "PO-1"
      Then the call is refused with VALIDATION_ERROR
      And the refusal says "order_number already exists"

    Example: Numbers that differ in case are two numbers
      Given the order "po-1"
      When the partner sends the order "PO-1"
      Then the record is reported as new

  Rule: The sender's own id of an order is unique among the partner's own

    Example: A repeated id is refused
      Given the partner has sent the order "PO-1" with
        | external_order_id | X-1 |
      When the partner sends the order "PO-2" with
        | external_order_id | X-1 |
      Then the call is refused with VALIDATION_ERROR
      And the refusal names
        | field             | code       |
        | external_order_id | NOT_UNIQUE |

    Example: Another partner may use the same id
      Given the partner "north" has sent the order "PO-1" with
        | external_order_id | X-1 |
      When the partner "south" sends the order "PO-1" with
        | external_order_id | X-1 |
      Then the record is reported as new

    Example: Orders without an id do not meet
      Given the order "PO-1"
      When the partner sends the order "PO-2"
      Then the record is reported as new

  @changelog-2026-04-01-orders
  Rule: Every line names an existing, active product

    Example: An unknown SKU is named
      When the partner sends the order "PO-1" with
        | items[0].sku_code | NO-SUCH |
      Then the call is refused with SERVICE_ERROR
      And the refusal says "NO-SUCH"
      And the refusal names
        | field             | code      |
        | items[0].sku_code | NOT_FOUND |

    Example: Each line that cannot be ordered is named
      Given the inactive product "LAMP"
      When the partner sends the order "PO-1" with
        | items[0].sku_code | NO-SUCH |
        | items[1].sku_code | PEG     |
        | items[1].quantity | 1       |
        | items[2].sku_code | LAMP    |
        | items[2].quantity | 1       |
      Then the call is refused with SERVICE_ERROR
      And the refusal says "LAMP"
      And the refusal names
        | field             | code      |
        | items[0].sku_code | NOT_FOUND |
        | items[2].sku_code | INVALID   |

    @changelog-2026-11-24-durable-answers
    Example: A refused order leaves nothing behind
      Given the partner has tried to send the order "PO-1" with
        | items[0].sku_code | NO-SUCH |
      When the partner sends the order "PO-1"
      Then the record is reported as new

    Example: SKUs that differ in case are two SKUs
      When the partner sends the order "PO-1" with
        | items[0].sku_code | tent |
      Then the call is refused with SERVICE_ERROR

  Rule: An order that is not well formed is refused, each wrong place by its name

    Example: Every wrong place is told at once
      When the partner sends the order "PO-1" with
        | order_number      | (not sent) |
        | customer_name     | 7          |
        | items[0].quantity | 0          |
        | items[1].sku_code | PEG        |
      Then the call is refused with VALIDATION_ERROR
      And the refusal names
        | field             | code         |
        | order_number      | MISSING      |
        | customer_name     | WRONG_TYPE   |
        | items[0].quantity | OUT_OF_RANGE |
        | items[1].quantity | MISSING      |

    @changelog-2026-11-24-no-coercion
    Example: "<value>" is no value for <field>
      When the partner sends the order "PO-1" with
        | <field> | <value> |
      Then the call is refused with VALIDATION_ERROR
      And the refusal names
        | field   | code   |
        | <field> | <code> |

      Examples:
        | field                | value               | code             |
        | order_number         | an empty text       | TOO_SHORT        |
        | order_number         | 256 letters         | TOO_LONG         |
        | order_number         | 1001                | WRONG_TYPE       |
        | order_number         | null                | NULL_NOT_ALLOWED |
        | order_number         | (not sent)          | MISSING          |
        | external_order_id    | an empty text       | TOO_SHORT        |
        | external_order_id    | 256 letters         | TOO_LONG         |
        | external_order_id    | 5409812340987       | WRONG_TYPE       |
        | customer_name        | true                | WRONG_TYPE       |
        | customer_info        | Avery               | WRONG_TYPE       |
        | notes                | 12                  | WRONG_TYPE       |
        | order_date           | yesterday           | INVALID          |
        | order_date           | 2026-02-30          | INVALID          |
        | due_date             | 20260430            | WRONG_TYPE       |
        | metadata             | an empty list       | WRONG_TYPE       |
        | items                | (not sent)          | MISSING          |
        | items                | an empty list       | TOO_SHORT        |
        | items                | an empty object     | WRONG_TYPE       |
        | items[0]             | TENT                | WRONG_TYPE       |
        | items[0].sku_code    | (not sent)          | MISSING          |
        | items[0].sku_code    | 7                   | WRONG_TYPE       |
        | items[0].quantity    | 0                   | OUT_OF_RANGE     |
        | items[0].quantity    | -1                  | OUT_OF_RANGE     |
        | items[0].quantity    | "5"                 | WRONG_TYPE       |
        | items[0].quantity    | 1.5                 | WRONG_TYPE       |
        | items[0].quantity    | true                | WRONG_TYPE       |
        | items[0].quantity    | 9223372036854775808 | OUT_OF_RANGE     |
        | items[0].notes       | 3                   | WRONG_TYPE       |

    @changelog-2026-11-24-no-coercion
    Example: A number without a fraction is a whole number however it is written
      When the partner sends the order "PO-1" with
        | items[0].quantity | 3.0 |
      Then the answer holds
        | items[0].quantity | 3 |

    Example: <sent> is read as <read>
      When the partner sends the order "PO-1" with
        | order_date | <sent> |
      Then the answer holds
        | order_date | <read> |

      Examples:
        | sent                        | read                        |
        | 2026-04-30T22:00:00Z        | 2026-04-30T22:00:00Z        |
        | 2026-04-30T22:00:00+02:00   | 2026-04-30T20:00:00Z        |
        | 2026-04-30T22:00:00         | 2026-04-30T22:00:00Z        |
        | 2026-04-30 22:00            | 2026-04-30T22:00:00Z        |
        | 2026-04-30                  | 2026-04-30T00:00:00Z        |
        | 20260430T220000Z            | 2026-04-30T22:00:00Z        |
        | 2026-04-30T22:00:00.250Z    | 2026-04-30T22:00:00.250000Z |
        | 2026-04-30T22:00:00.000000Z | 2026-04-30T22:00:00Z        |

    @changelog-2026-11-25-leap-seconds
    Example: A leap second is the second after it
      When the partner sends the order "PO-1" with
        | order_date | 2016-12-31T23:59:60Z |
      Then the answer holds
        | order_date | 2017-01-01T00:00:00Z |

    Example: At most a hundred wrong places are told
      When the partner sends the order "PO-1" with 150 lines without a SKU
      Then the call is refused with VALIDATION_ERROR
      And the refusal names 100 places
