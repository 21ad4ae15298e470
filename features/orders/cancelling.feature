Feature: Cancelling an order
  A partner withdraws an order until the warehouse has shipped it.

  @changelog-2026-04-01-orders
  Rule: Cancelling is soft and may be repeated

    Example: A cancelled order is still there
      Given the order "PO-1"
      When the partner cancels "PO-1"
      Then the answer holds
        | order_number | PO-1      |
        | status       | cancelled |
      And the order "PO-1" is cancelled

    Example: A reason is kept
      Given the order "PO-1"
      When the partner cancels "PO-1" because "out of stock"
      Then the order "PO-1" holds
        | cancellation_reason | out of stock |

    @changelog-2026-04-16-shipped-orders-stay
    Example: A second cancellation changes nothing
      Given the order "PO-1"
      And the partner has cancelled "PO-1" because "out of stock"
      When the partner cancels "PO-1" because "too late"
      Then the order "PO-1" is cancelled
      And the order "PO-1" holds
        | cancellation_reason | out of stock |

    Example: A reason that is no text is refused
      Given the order "PO-1"
      When the partner cancels "PO-1" with
        | reason | 7 |
      Then the call is refused with VALIDATION_ERROR
      And the order "PO-1" is pending

    @changelog-2026-11-24-ignored-fields
    Example: What nobody reads is ignored and listed in the log
      Given the order "PO-1"
      When the partner cancels "PO-1" with
        | reason | out of stock |
        | colour | red          |
      Then the order "PO-1" is cancelled
      And the latest log entry lists as ignored
        | colour |

    @changelog-2026-11-24-strict-handling
    Example: With strict handling it is refused
      Given the order "PO-1"
      And the partner asks for strict handling
      When the partner cancels "PO-1" with
        | colour | red |
      Then the call is refused with VALIDATION_ERROR
      And the refusal names
        | field  | code          |
        | colour | UNKNOWN_FIELD |

    Example: The reason is never mapped
      Given the partner's mapping of orders
        | theirs | ours  |
        | reason | notes |
      And the order "PO-1"
      When the partner cancels "PO-1" because "out of stock"
      Then the order "PO-1" holds
        | cancellation_reason | out of stock |

  Rule: An order can be cancelled until it has shipped

    Example: A <status> order is cancelled
      Given the order "PO-1"
      And the order "PO-1" has become <status>
      When the partner cancels "PO-1"
      Then the order "PO-1" is cancelled

      Examples:
        | status      |
        | in progress |
        | verified    |

    @changelog-2026-04-16-shipped-orders-stay
    Example: A shipped order stays
      Given the order "PO-1"
      And the order "PO-1" has become shipped
      When the partner cancels "PO-1"
      Then the call is refused with SERVICE_ERROR
      And the order "PO-1" is shipped

    Example: An order that does not exist is not cancelled
      When the partner cancels "PO-9"
      Then the call is refused with NOT_FOUND
