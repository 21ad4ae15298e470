Feature: Refusals in the partner's own words
  A refusal names the places that the partner sent, whatever we call them.

  Background:
    Given the product "TENT"
    And the settings of the partner's mapping of orders
      | wrap | value |
    And the partner's mapping of orders
      | theirs         | ours             | type    | required |
      | po_number      | order_number     | string  |          |
      | Buyer.Name     | customer_name    |         |          |
      | Details[].Item | items[].sku_code | string  | true     |
      | Details[].Qty  | items[].quantity | integer |          |

  @changelog-2026-11-24-partner-errors
  Rule: Every wrong place is told at once, in the partner's words

    Example: What is not valid
      When the partner sends an order in its own words
        | po_number.value       | an empty text |
        | Buyer.Name.value      | 7             |
        | Details[0].Item.value | TENT          |
        | Details[0].Qty.value  | 0             |
      Then the call is refused with VALIDATION_ERROR
      And the refusal names
        | field          | code         | pointer              |
        | po_number      | TOO_SHORT    | /po_number/value     |
        | Buyer.Name     | WRONG_TYPE   | /Buyer/Name/value    |
        | Details[0].Qty | OUT_OF_RANGE | /Details/0/Qty/value |

    Example: What is missing is called by the partner's name for it
      When the partner sends an order in its own words
        | Details[0].Item.value | TENT |
        | Details[0].Qty.value  | 2    |
      Then the call is refused with VALIDATION_ERROR
      And the refusal names
        | field     | code    |
        | po_number | MISSING |

    @changelog-2026-04-17-mapping-error-422
    Example: What cannot be mapped
      When the partner sends an order in its own words
        | po_number.value       | PO-1 |
        | Details[0].Item.value | TENT |
        | Details[0].Qty.value  | one  |
        | Details[1].Qty.value  | 1    |
      Then the call is refused with MAPPING_ERROR
      And the refusal names
        | field           | code            | pointer               |
        | Details[0].Qty  | NOT_CONVERTIBLE | /Details/0/Qty/value  |
        | Details[1].Item | MISSING         | /Details/1/Item/value |

    Example: What could not be mapped is not told to be missing as well
      When the partner sends an order in its own words
        | po_number.value       | PO-1 |
        | Details[0].Item.value | TENT |
        | Details[0].Qty.value  | 1    |
        | Details[1]            | 5    |
      Then the call is refused with MAPPING_ERROR
      And the refusal names
        | field      | code        |
        | Details[1] | WRONG_SHAPE |

    @changelog-2026-04-17-mapping-error-422
    Example: What cannot be mapped and what is not valid are told together
      When the partner sends an order in its own words
        | po_number.value       | an empty text |
        | Details[0].Item.value | TENT          |
        | Details[0].Qty.value  | one           |
      Then the call is refused with MAPPING_ERROR
      And the refusal names
        | field          | code            |
        | po_number      | TOO_SHORT       |
        | Details[0].Qty | NOT_CONVERTIBLE |

    Example: What a business rule refuses
      When the partner sends an order in its own words
        | po_number.value       | PO-1    |
        | Details[0].Item.value | NO-SUCH |
        | Details[0].Qty.value  | 2       |
      Then the call is refused with SERVICE_ERROR
      And the refusal says "Details[0].Item"
      And the refusal names
        | field           | code      |
        | Details[0].Item | NOT_FOUND |

    Example: A number that is taken
      Given the order "PO-1"
      When the partner sends an order in its own words
        | po_number.value       | PO-1 |
        | Details[0].Item.value | TENT |
        | Details[0].Qty.value  | 2    |
      Then the call is refused with VALIDATION_ERROR
      And the refusal says "order_number already exists"
      And the refusal names
        | field     | code       |
        | po_number | NOT_UNIQUE |

    Example: A number that cannot be changed
      Given the order "PO-1"
      When the partner changes the order "PO-1"
        | po_number.value | PO-2 |
      Then the call is refused with VALIDATION_ERROR
      And the refusal names
        | field     | code  |
        | po_number | FIXED |

    Example: An order that is not there
      When the partner reads the order "PO-9"
      Then the call is refused with NOT_FOUND
      And the refusal says "PO-9"
      And the refusal does not say "order_number"

    Example: Lines that cannot be changed
      Given the order "PO-1"
      When the partner changes the order "PO-1"
        | Details[0].Item.value | TENT |
        | Details[0].Qty.value  | 2    |
      Then the call is refused with VALIDATION_ERROR
      And the refusal names
        | field   | code  |
        | Details | FIXED |

    Example: At most a hundred places are told
      When the partner sends an order in its own words with 150 lines without an item
      Then the call is refused with MAPPING_ERROR
      And the refusal names 100 places

  @changelog-2026-04-17-mapping-error-422
  Rule: A document that cannot be mapped lands nothing

    Example: An order
      When the partner sends an order in its own words
        | po_number.value       | PO-1 |
        | Details[0].Item.value | TENT |
        | Details[0].Qty.value  | one  |
      Then the call is refused with MAPPING_ERROR
      And there is no order "PO-1"

  @changelog-2026-11-24-accepted-orders-only
  Rule: A mapping may say which records are taken at all

    Background:
      Given the settings of the partner's mapping of orders
        | accept | cancelled_at is not there |
      And the partner's mapping of orders
        | theirs | ours          |
        | Buyer  | customer_name |

    Example: One that is taken
      When the partner sends the order "PO-1"
      Then the record is reported as new

    Example: One that is not
      When the partner sends the order "PO-1" with
        | cancelled_at | 2026-03-11 |
      Then the call is refused with SERVICE_ERROR
      And the refusal names
        | field        | code         |
        | cancelled_at | NOT_ACCEPTED |

    Example: It is told with whatever else is wrong
      When the partner sends the order "PO-1" with
        | cancelled_at      | 2026-03-11 |
        | items[0].quantity | 0          |
      Then the call is refused with VALIDATION_ERROR
      And the refusal names
        | field             | code         |
        | cancelled_at      | NOT_ACCEPTED |
        | items[0].quantity | OUT_OF_RANGE |

    Example: A change that does not speak of it is taken
      Given the order "PO-1"
      When the partner changes the order "PO-1"
        | notes | knock |
      Then the call succeeds

  @changelog-2026-11-24-partner-errors
  Rule: What is wrong in the mapping itself is its operator's matter, and our names stay ours

    Background:
      Given the partner's mapping of orders
        | theirs         | ours             | const  |
        | po_number      | order_number     |        |
        |                | due_date         | sooner |
        | Details[].Item | items[].sku_code |        |
        | Details[].Qty  | items[].quantity |        |

    Example: A fixed value that is not valid
      When the partner sends an order in its own words
        | po_number.value       | PO-1 |
        | Details[0].Item.value | TENT |
        | Details[0].Qty.value  | 2    |
      Then the call is refused with VALIDATION_ERROR
      And the refusal names
        | field         | code    |
        | an empty text | INVALID |
      And an operator is alerted once, to "due_date: must be an ISO 8601 date-time"

    Example: Whose fault it is
      When the partner sends an order in its own words
        | po_number.value       | PO-1 |
        | Details[0].Item.value | TENT |
        | Details[0].Qty.value  | 2    |
      Then the refusal says "at fault, not what was sent"
      And the refusal does not say "due_date"
      And the refusal does not say "sooner"

    Example: A default that is not valid
      Given the partner's mapping of orders
        | theirs         | ours             | default |
        | po_number      | order_number     |         |
        | Due            | due_date         | sooner  |
        | Details[].Item | items[].sku_code |         |
        | Details[].Qty  | items[].quantity |         |
      When the partner sends an order in its own words
        | po_number.value       | PO-1 |
        | Details[0].Item.value | TENT |
        | Details[0].Qty.value  | 2    |
      Then the refusal does not say "sooner"
      And the refusal names
        | field | code    | pointer    |
        | Due   | INVALID | /Due/value |
      And an operator is alerted once, to "due_date: must be an ISO 8601 date-time"

    Example: A fixed value that a business rule refuses, in every line
      Given the partner's mapping of orders
        | theirs        | ours             | const   |
        | po_number     | order_number     |         |
        |               | items[].sku_code | NO-SUCH |
        | Details[].Qty | items[].quantity |         |
      When the partner sends an order in its own words
        | po_number.value      | PO-1 |
        | Details[0].Qty.value | 2    |
        | Details[1].Qty.value | 2    |
      Then the call is refused with SERVICE_ERROR
      And the refusal names
        | field         | code    |
        | an empty text | INVALID |
      And an operator is alerted once, to "items[].sku_code: no product"

  @changelog-2026-11-24-partner-errors
  Rule: A secret value is shown in no refusal

    Background:
      Given the partner's mapping of orders
        | theirs         | ours             | secret |
        | po_number      | order_number     |        |
        | Pin            | customer_name    | true   |
        | Due            | due_date         | true   |
        | Details[].Item | items[].sku_code | true   |
        | Details[].Qty  | items[].quantity | true   |

    Example: A value that is not valid, at <place>
      When the partner sends an order in its own words
        | po_number.value       | PO-1   |
        | Pin.value             | 5551   |
        | Due.value             | sesame |
        | Details[0].Item.value | TENT   |
        | Details[0].Qty.value  | -7771  |
      Then the call is refused with VALIDATION_ERROR
      And the refusal says "<place>: must be <due>"
      And the refusal does not say "<value>"

      Examples:
        | place          | due                   | value  |
        | Pin            | text, not a number    | 5551   |
        | Due            | an ISO 8601 date-time | sesame |
        | Details[0].Qty | at least 1            | 7771   |

    Example: One that a business rule refuses
      When the partner sends an order in its own words
        | po_number.value       | PO-1    |
        | Details[0].Item.value | NO-SUCH |
        | Details[0].Qty.value  | 2       |
      Then the call is refused with SERVICE_ERROR
      And the refusal does not say "NO-SUCH"
      And the refusal names
        | field           | code      |
        | Details[0].Item | NOT_FOUND |

    Example: A secret number that cannot be changed
      Given the order "PO-1"
      And the partner's mapping of orders
        | theirs         | ours             | secret |
        | po_number      | order_number     | true   |
        | Details[].Item | items[].sku_code |        |
        | Details[].Qty  | items[].quantity |        |
      When the partner changes the order "PO-1"
        | po_number.value | PO-2 |
      Then the call is refused with VALIDATION_ERROR
      And the refusal does not say "PO-1"
