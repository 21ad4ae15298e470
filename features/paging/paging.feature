Feature: Lists come in pages
  A client walks through a list page by page, however it grows meanwhile.

  @changelog-2026-04-17-cursor-pagination
  Rule: A page leads to the next, and the last one to none

    Example: The first page of several
      Given the orders "PO-1, PO-2, PO-3"
      When the partner lists the orders with
        | limit | 2 |
      Then the answer lists
        | order_number |
        | PO-3         |
        | PO-2         |
      And there is a next page

    Example: The last page
      Given the orders "PO-1, PO-2, PO-3"
      And the partner has listed the orders with
        | limit | 2 |
      When the partner asks for the next page of the orders
      Then the answer lists
        | order_number |
        | PO-1         |
      And there is no next page

    Example: A page that holds just what there is is the last one
      Given the orders "PO-1, PO-2"
      When the partner lists the orders with
        | limit | 2 |
      Then there is no next page

    Example: The limit may change on the way
      Given the orders "PO-1, PO-2, PO-3, PO-4"
      And the partner has listed the orders with
        | limit | 1 |
      When the partner asks for the next page of the orders with
        | limit | 200 |
      Then the answer lists
        | order_number |
        | PO-3         |
        | PO-2         |
        | PO-1         |

  @changelog-2026-04-17-cursor-pagination
  Rule: A walk sees no record twice and misses none that was there when it began

    Example: Records of the <records> arrive during the walk
      Given 5 <records>
      When the partner walks through the <records>, 2 at a time, while more arrive
      Then the walk saw each of the 5 once

      Examples:
        | records   |
        | orders    |
        | products  |
        | locations |
        | inventory |

    Example: A record that is changed during the walk is seen once
      Given 5 orders
      When the partner walks through the orders, 2 at a time, while they are changed
      Then the walk saw each of the 5 once

  @changelog-2026-04-17-cursor-pagination
  Rule: The limit is kept within 1 and 200

    Example: A limit of <limit> gives pages of <given>
      When the partner lists the orders with
        | limit | <limit> |
      Then the page may hold <given> records

      Examples:
        | limit    | given |
        | 0        | 1     |
        | -5       | 1     |
        | 1        | 1     |
        | 200      | 200   |
        | 201      | 200   |
        | 99999999 | 200   |

    Example: No limit gives pages of 50
      When the partner lists the products
      Then the page may hold 50 records

    Example: A limit of "<limit>" is no number
      When the partner lists the orders with
        | limit | <limit> |
      Then the call is refused with VALIDATION_ERROR
      And the refusal names
        | field | code    |
        | limit | INVALID |

      Examples:
        | limit |
        | many  |
        | 2.5   |
        | 1e2   |

  @changelog-2026-04-17-cursor-pagination
  Rule: A cursor serves only the list it came from

    Background:
      Given the orders "PO-1, PO-2"
      And the partner has listed the orders with
        | limit | 1 |

    Example: A cursor that is made up
      When the partner lists the orders with
        | cursor | made-up |
      Then the call is refused with VALIDATION_ERROR
      And the refusal says "Invalid cursor: 'made-up'"
      And the refusal names
        | field  | code    |
        | cursor | INVALID |

    Example: A cursor that was tampered with
      When the partner asks for the next page with a cursor that was tampered with
      Then the call is refused with VALIDATION_ERROR
      And the refusal says "Invalid cursor: '"

    Example: A cursor of another resource
      When the partner asks for the next page of the products
      Then the call is refused with VALIDATION_ERROR
      And the refusal says "Invalid cursor: '"

    Example: A cursor of another resource with the same filter
      Given the products "PEG, LAMP"
      And the partner has listed the products with
        | limit | 1 |
      When the partner asks for the next page of the locations
      Then the call is refused with VALIDATION_ERROR
      And the refusal says "Invalid cursor: '"

    Example: A cursor of another filter
      When the partner asks for the next page of the orders with
        | status | pending |
      Then the call is refused with VALIDATION_ERROR
      And the refusal says "Invalid cursor: '"

    Example: A cursor of another server
      Given the server has another secret since
      When the partner asks for the next page of the orders
      Then the call is refused with VALIDATION_ERROR
      And the refusal says "Invalid cursor: '"
