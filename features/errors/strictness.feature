Feature: How strictly a call is read
  Nothing is guessed; what nobody reads is ignored, unless the client asks for strict handling.

  Background:
    Given the product "TENT"

  @changelog-2026-11-24-ignored-fields
  Rule: What nobody reads is ignored

    Example: A field of the order
      When the partner sends the order "PO-1" with
        | colour | red |
      Then the record is reported as new
      And the answer does not hold "colour"

    Example: A field of a line
      When the partner sends the order "PO-1" with
        | items[0].weight | 7 |
      Then the record is reported as new

    Example: A question nobody answers
      When the partner lists the orders with
        | colour | red |
      Then the call succeeds

  @changelog-2026-11-24-strict-handling
  Rule: With strict handling it is refused

    Background:
      Given the partner asks for strict handling

    Example: Fields, each by its name
      When the partner sends the order "PO-1" with
        | colour          | red |
        | items[0].weight | 7   |
      Then the call is refused with VALIDATION_ERROR
      And the refusal names
        | field           | code          |
        | colour          | UNKNOWN_FIELD |
        | items[0].weight | UNKNOWN_FIELD |

    Example: Fields of a change
      Given the order "PO-1"
      When the partner changes the order "PO-1"
        | colour | red |
      Then the call is refused with VALIDATION_ERROR
      And the refusal names
        | field  | code          |
        | colour | UNKNOWN_FIELD |

    Example: Fields of a load
      Given the location "MAIN"
      When the partner loads the inventory with
        | inventory[0].location_code | MAIN |
        | inventory[0].sku_code      | TENT |
        | inventory[0].quantity      | 5    |
        | inventory[0].colour        | red  |
      Then the call is refused with VALIDATION_ERROR
      And the refusal names
        | field               | code          |
        | inventory[0].colour | UNKNOWN_FIELD |

    Example: Questions
      When the partner lists the orders with
        | colour      | red |
        | shade.light | red |
      Then the call is refused with VALIDATION_ERROR
      And the refusal names
        | field       | code          |
        | colour      | UNKNOWN_FIELD |
        | shade.light | UNKNOWN_FIELD |

    Example: What is wrong and what is unknown are told together
      When the partner sends the order "PO-1" with
        | colour            | red |
        | items[0].quantity | 0   |
      Then the refusal names
        | field             | code          |
        | colour            | UNKNOWN_FIELD |
        | items[0].quantity | OUT_OF_RANGE  |

    Example: What only the platform sets may be sent back
      When the partner sends the order "PO-1" with
        | id                           | 17      |
        | status                       | pending |
        | items[0].verification_status | pending |
      Then the record is reported as new

    Example: A record may be sent back just as it was answered
      Given the partner has sent the product "LAMP" with
        | custom_fields.upc | "0123" |
      When the partner sends the last answer back as a change of the product "LAMP"
      Then the call succeeds

    Example: What only the platform sets may be sent back by the name it had in the answer
      Given the partner's mapping of products
        | theirs | ours              |
        | id     | custom_fields.ref |
        | code   | sku               |
      And the partner has sent a product in its own words
        | id   | R-1  |
        | code | LAMP |
      When the partner sends the last answer back as a change of the product "LAMP"
      Then the call succeeds

    Example: What only the platform sets may be sent back though the mapping drops what it does not name
      Given the settings of the partner's mapping of products
        | unmapped.in | drop |
      And the partner's mapping of products
        | theirs | ours              |
        | ref    | custom_fields.ref |
        | code   | sku               |
        | stock  | quantity          |
        | active | is_active         |
      And the partner has sent a product in its own words
        | ref  | R-1  |
        | code | LAMP |
      When the partner sends the last answer back as a change of the product "LAMP"
      Then the call succeeds

    Example: What is kept in open objects is the sender's own
      When the partner sends the order "PO-1" with
        | metadata.colour     | red |
        | customer_info.shoes | 44  |
      Then the record is reported as new

    Example: A field that the partner's mapping does not name
      Given the settings of the partner's mapping of orders
        | unmapped.in | drop |
      And the partner's mapping of orders
        | theirs       | ours             |
        | po_number    | order_number     |
        | Lines[].Item | items[].sku_code |
        | Lines[].Qty  | items[].quantity |
      When the partner sends an order in its own words
        | po_number         | PO-1 |
        | Lines[0].Item     | TENT |
        | Lines[0].Qty      | 2    |
        | Lines[0].Discount | 5    |
      Then the call is refused with VALIDATION_ERROR
      And the refusal names
        | field             | code          |
        | Lines[0].Discount | UNKNOWN_FIELD |

    Example: A field beside the record in the partner's envelope
      Given the settings of the partner's mapping of orders
        | record | order |
      And the partner's mapping of orders
        | theirs       | ours             |
        | po_number    | order_number     |
        | Lines[].Item | items[].sku_code |
        | Lines[].Qty  | items[].quantity |
      When the partner sends an order in its own words
        | order.po_number     | PO-1 |
        | order.Lines[0].Item | TENT |
        | order.Lines[0].Qty  | 2    |
        | sent_by             | bot  |
      Then the call is refused with VALIDATION_ERROR
      And the refusal names
        | field   | code          |
        | sent_by | UNKNOWN_FIELD |

  @changelog-2026-11-24-strict-json
  Rule: A document that could be read in two ways is not read at all

    Example: <what>
      When the partner sends an order with <what> in it
      Then the call is refused with VALIDATION_ERROR
      And the refusal says "<message>"

      Examples:
        | what                        | message      |
        | a field that is named twice | more than once |
        | a number that is none       | NaN          |
        | a text with a zero byte     | U+0000       |
        | half a surrogate            | surrogate    |
        | text that is not UTF-8      | UTF-8        |
        | a number beyond 64 bits     | 64           |
        | a number beyond all bounds  | finite       |
        | 65 levels                   | 64           |
        | something after its end     | Extra data   |
        | a byte-order mark           | byte-order   |

    Example: A client without a mapping sends one record, and it is an object
      When the pass-through client sends an order that is a list
      Then the call is refused with VALIDATION_ERROR
      And the refusal names
        | field         | code       |
        | an empty text | WRONG_TYPE |

    Example: Without a document there is nothing to take
      When the partner sends an order without a document
      Then the call is refused with VALIDATION_ERROR
      And the refusal names
        | field         | code    |
        | an empty text | MISSING |

  @changelog-2026-04-17-error-codes @changelog-2026-11-24-request-ids
  Rule: Every refusal has one shape

    Example: <refusal>
      Given the order "PO-1"
      When <call>
      Then the call is refused with <refusal>
      And the refusal has a message and the request's own id

      Examples:
        | call                                           | refusal          |
        | the partner sends the order "PO-1"             | VALIDATION_ERROR |
        | the partner reads the order "PO-9"             | NOT_FOUND        |
        | the partner sends the product "TENT"           | DUPLICATE        |
        | a client without a key lists the orders        | API_KEY_REQUIRED |
        | a client with an unknown key lists the orders  | INVALID_API_KEY  |
        | the partner sends an order that is no document | VALIDATION_ERROR |
