Feature: Changing an order
  The header of an order may be changed for as long as there is one; its number and its lines are fixed.

  Background:
    Given the partner has sent the order "PO-1" with
      | external_order_id      | X-1               |
      | customer_name          | Avery Quill       |
      | notes                  | ring twice        |
      | metadata.channel       | web               |
      | metadata.gift.wrapping | red               |
      | metadata.gift.card     | Happy birthday    |
      | customer_info.email    | avery@example.com |

  @changelog-2026-04-01-orders @changelog-2026-11-24-updates
  Rule: What is sent is changed, what is not sent stays

    Example: One field is changed
      When the partner changes the order "PO-1"
        | customer_name | Robin Quill |
      Then the order "PO-1" holds
        | customer_name    | Robin Quill |
        | notes            | ring twice  |
        | metadata.channel | web         |

    Example: Rewriting leaves the other fields as well
      When the partner rewrites the order "PO-1"
        | customer_name | Robin Quill |
      Then the order "PO-1" holds
        | customer_name    | Robin Quill |
        | notes            | ring twice  |
        | metadata.channel | web         |

    Example: The answer is the whole order as it is now
      When the partner changes the order "PO-1"
        | notes | knock |
      Then the answer holds
        | notes         | knock       |
        | customer_name | Avery Quill |
        | status        | pending     |

    Example: A <status> order is changed as well
      Given the order "PO-1" has become <status>
      When the partner changes the order "PO-1"
        | notes | knock |
      Then the order "PO-1" holds
        | notes | knock |
      And the order "PO-1" is <status>

      Examples:
        | status      |
        | in progress |
        | verified    |
        | shipped     |
        | cancelled   |

  @changelog-2026-11-24-updates
  Rule: Null clears a field

    Example: <field> is cleared
      When the partner changes the order "PO-1"
        | <field> | null |
      Then the order "PO-1" holds
        | <field> | <cleared> |

      Examples:
        | field             | cleared         |
        | customer_name     | null            |
        | notes             | null            |
        | external_order_id | null            |
        | metadata          | an empty object |
        | customer_info     | an empty object |

    Example: Rewriting with null clears as well
      When the partner rewrites the order "PO-1"
        | metadata | null |
      Then the order "PO-1" holds
        | metadata | an empty object |

  @changelog-2026-11-24-updates
  Rule: An object is merged by a change and replaced by a rewriting

    Example: A change is merged into the stored object, at every depth
      When the partner changes the order "PO-1"
        | metadata.gift.wrapping | blue |
        | metadata.gift.card     | null |
        | metadata.campaign      | may  |
      Then the order "PO-1" holds
        | metadata.channel       | web  |
        | metadata.gift.wrapping | blue |
        | metadata.campaign      | may  |
      And the order "PO-1" does not hold "metadata.gift.card"

    Example: A rewriting replaces the stored object
      When the partner rewrites the order "PO-1"
        | metadata.campaign | may |
      Then the order "PO-1" holds
        | metadata.campaign | may |
      And the order "PO-1" does not hold "metadata.channel"

  @changelog-2026-11-24-updates
  Rule: An order's number and lines are fixed

    Example: The number may be sent with the value it has
      When the partner changes the order "PO-1"
        | order_number | PO-1  |
        | notes        | knock |
      Then the order "PO-1" holds
        | notes | knock |

    Example: Another number is refused
      When the partner changes the order "PO-1"
        | order_number | PO-2 |
      Then the call is refused with VALIDATION_ERROR
      And the refusal names
        | field        | code  |
        | order_number | FIXED |

    Example: Lines are refused even if they are those it has
      When the partner changes the order "PO-1"
        | items[0].sku_code | TENT |
        | items[0].quantity | 2    |
      Then the call is refused with VALIDATION_ERROR
      And the refusal names
        | field | code  |
        | items | FIXED |

    Example: Lines are named beside what else is wrong with the change
      When the partner changes the order "PO-1"
        | items | null |
        | notes | 7    |
      Then the call is refused with VALIDATION_ERROR
      And the refusal names
        | field | code       |
        | notes | WRONG_TYPE |
        | items | FIXED      |

    Example: What only the platform sets may be sent back and changes nothing
      When the partner changes the order "PO-1"
        | status              | shipped |
        | cancellation_reason | gone    |
        | partner             | north   |
      Then the call succeeds
      And the order "PO-1" holds
        | status              | pending |
        | cancellation_reason | null    |
        | partner             | acme    |

  Rule: A change is judged like a new order

    Example: A wrong value changes nothing
      When the partner changes the order "PO-1"
        | customer_name | 7     |
        | notes         | knock |
      Then the call is refused with VALIDATION_ERROR
      And the order "PO-1" holds
        | notes | ring twice |

    Example: The sender's own id of another order is taken
      Given the partner has sent the order "PO-2" with
        | external_order_id | X-2 |
      When the partner changes the order "PO-2"
        | external_order_id | X-1 |
      Then the call is refused with VALIDATION_ERROR
      And the refusal names
        | field             | code       |
        | external_order_id | NOT_UNIQUE |

    Example: An order that does not exist is not changed
      When the partner changes the order "PO-9"
        | notes | knock |
      Then the call is refused with NOT_FOUND

    Example: What is wrong with the change is told before the order is looked for
      When the partner changes the order "PO-9"
        | notes | 7 |
      Then the call is refused with VALIDATION_ERROR
