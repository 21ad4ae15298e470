Feature: Reading orders
  A client reads an order by its identifier, or lists orders, newest first.

  @changelog-2026-04-01-orders
  Rule: An order is read by its number

    Example: A known number
      Given the order "PO-1"
      When the partner reads the order "PO-1"
      Then the answer holds
        | order_number | PO-1 |

    Example: An unknown number
      When the partner reads the order "PO-1"
      Then the call is refused with NOT_FOUND

  @changelog-2026-04-01-orders
  Rule: Orders are listed newest first

    Example: All of them
      Given the order "PO-1"
      And the order "PO-2"
      And the order "PO-3"
      When the partner lists the orders
      Then the answer lists
        | order_number |
        | PO-3         |
        | PO-2         |
        | PO-1         |

    Example: Those of one status
      Given the order "PO-1"
      And the order "PO-2"
      And the partner has cancelled "PO-1"
      When the partner lists the orders with
        | status | cancelled |
      Then the answer lists
        | order_number |
        | PO-1         |

    Example: A status that does not exist
      When the partner lists the orders with
        | status | lost |
      Then the call is refused with VALIDATION_ERROR
      And the refusal names
        | field  | code    |
        | status | INVALID |

    Example: No order at all
      When the partner lists the orders
      Then the answer lists nothing

  Rule: A key with the scope sees and changes the orders of all partners

    Example: Another partner's orders are listed
      Given the partner "north" has sent the order "PO-1"
      When the partner "south" lists the orders
      Then the answer lists
        | order_number | partner |
        | PO-1         | north   |

    Example: Another partner's order is read
      Given the partner "north" has sent the order "PO-1"
      When the partner "south" reads the order "PO-1"
      Then the answer holds
        | partner | north |

    Example: Another partner's order is changed
      Given the partner "north" has sent the order "PO-1"
      When the pass-through client changes the order "PO-1"
        | notes | knock |
      Then the order "PO-1" holds
        | notes   | knock |
        | partner | north |
