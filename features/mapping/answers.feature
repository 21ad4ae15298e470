Feature: Answers in the partner's own words
  What a partner sends under its own names comes back under them.

  Background:
    Given the product "TENT"

  @changelog-2026-11-24-two-way-mapping
  Rule: A mapping works in both directions

    Background:
      Given the partner's mapping of orders
        | theirs             | ours             | type    | as     | scale |
        | po_number          | order_number     |         |        |       |
        | header.vendor.name | customer_name    |         |        |       |
        | Lines[].Item       | items[].sku_code |         |        |       |
        | Lines[].Qty        | items[].quantity | integer | string | 3     |
      And the partner has sent an order in its own words
        | po_number          | PO-1        |
        | header.vendor.name | Avery Quill |
        | Lines[0].Item      | TENT        |
        | Lines[0].Qty       | "2.000"     |

    Example: An order that is read
      When the partner reads the order "PO-1"
      Then the answer holds
        | po_number          | PO-1        |
        | header.vendor.name | Avery Quill |
        | Lines[0].Item      | TENT        |
        | Lines[0].Qty       | "2.000"     |
      And the answer does not hold "order_number"
      And the answer does not hold "items"

    Example: Fields of ours that the mapping does not name keep their names
      When the partner reads the order "PO-1"
      Then the answer holds
        | status                       | pending |
        | notes                        | null    |
        | id                           | an id   |
        | Lines[0].verified_quantity   | 0       |
        | Lines[0].verification_status | pending |

    Example: An order that is listed
      When the partner lists the orders
      Then the answer lists
        | po_number |
        | PO-1      |

    Example: An order that is cancelled
      When the partner cancels "PO-1"
      Then the answer holds
        | po_number | PO-1      |
        | status    | cancelled |

    Example: Another partner is answered in its own words
      When the partner "north" reads the order "PO-1"
      Then the answer holds
        | order_number  | PO-1        |
        | customer_name | Avery Quill |

  @changelog-2026-11-24-two-way-mapping
  Rule: What a rule reads only inwards keeps our name in answers

    Example: A joined name
      Given the partner's mapping of orders
        | theirs       | ours          | join | direction |
        | first / last | customer_name | " "  | in        |
      When the partner sends the order "PO-1" with
        | first | Avery |
        | last  | Quill |
      Then the answer holds
        | customer_name | Avery Quill |

  @changelog-2026-11-24-reserved-names
  Rule: Where the partner's language uses a name of ours, the partner's meaning wins

    Example: Its own id is its id, and ours has another name
      Given the partner's mapping of orders
        | theirs | ours              |
        | id     | external_order_id |
      When the partner sends the order "PO-1" with
        | id | X-1 |
      Then the answer holds
        | id             | X-1   |
        | datamingle_id  | an id |
        | status         | pending |

    Example: Its own status
      Given the partner's mapping of orders
        | theirs | ours                   |
        | status | metadata.source_status |
      When the partner sends the order "PO-1" with
        | status | paid |
      Then the answer holds
        | status            | paid    |
        | datamingle_status | pending |

    Example: A name that the partner's language only reads
      Given the partner's mapping of orders
        | theirs | ours                   | direction |
        | status | metadata.source_status | in        |
      When the partner sends the order "PO-1" with
        | status | paid |
      Then the answer holds
        | datamingle_status | pending |

    Example: The id of a line
      Given the partner's mapping of orders
        | theirs       | ours             |
        | Lines[].id   | items[].notes    |
        | Lines[].Item | items[].sku_code |
        | Lines[].Qty  | items[].quantity |
      When the partner sends an order in its own words
        | order_number  | PO-1 |
        | Lines[0].id   | L-1  |
        | Lines[0].Item | TENT |
        | Lines[0].Qty  | 2    |
      Then the answer holds
        | Lines[0].id            | L-1   |
        | Lines[0].datamingle_id | an id |

  @changelog-2026-11-24-two-way-mapping
  Rule: What cannot be said in the partner's words is left out, and an operator is told

    Example: A state without a word
      Given the partner's mapping of orders
        | theirs | ours          | values      |
        | Buyer  | customer_name | A = Avery   |
      And the pass-through client has sent the order "PO-1" with
        | customer_name | Robin |
      When the partner reads the order "PO-1"
      Then the answer does not hold "Buyer"
      And an operator is alerted
