Feature: Moving to another database
  An operator moves everything from one kind of database to another; partners go on where they stood.

  Rule: What was taken is there, as it was

    Example: A record
      Given the partner has sent the order "PO-1" with
        | notes             | leave at the dock 🏕 |
        | metadata.z        | 1                    |
        | items[0].quantity | 9007199254740993     |
      And the operator has moved everything to another database
      When the partner reads the order "PO-1"
      Then the answer holds
        | notes             | leave at the dock 🏕 |
        | metadata.z        | 1                    |
        | items[0].quantity | 9007199254740993     |

    Example: A number that is taken stays taken
      Given the partner has sent the order "PO-1"
      And the operator has moved everything to another database
      When the partner sends the order "PO-1"
      Then the call is refused with VALIDATION_ERROR
      And the refusal says "order_number already exists"

    Example: The log
      Given the partner has tried to read the order "PO-9"
      And the operator has moved everything to another database
      When the operator lists the log with
        | status | not_found |
      Then the operator sees the entries
        | identifier | status    |
        | PO-9       | not_found |

  Rule: Callers need not know of it

    Example: A walk through a list goes on
      Given the orders "PO-1, PO-2, PO-3"
      And the partner has listed the orders with
        | limit | 2 |
      And the operator has moved everything to another database
      When the partner asks for the next page of the orders
      Then the answer lists
        | order_number |
        | PO-1         |

    Example: A partner's own words
      Given the product "TENT"
      And the partner's mapping of orders
        | theirs    | ours         |
        | po_number | order_number |
      And the operator has moved everything to another database
      When the partner sends an order in its own words
        | po_number         | PO-1 |
        | items[0].sku_code | TENT |
        | items[0].quantity | 2    |
      Then the answer holds
        | po_number | PO-1 |

    Example: A key that was revoked
      Given the key "till" with the scopes "integrations.*"
      And the operator has revoked the key "till"
      And the operator has moved everything to another database
      When the client with the key "till" lists the orders
      Then the call is refused with API_KEY_REVOKED

  Rule: Nothing is mixed with what is there already

    Example: A database that holds something
      Given the order "PO-1"
      And the operator has moved everything to another database
      When the operator moves everything to the database before
      Then the operator is refused, with a message that names "is not empty"
