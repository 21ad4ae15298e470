@changelog-2026-11-25-entity-tags
Feature: Changing only what one knows
  A partner that changes a record may demand that it still is as the partner knows it, so that nobody's change is
  overwritten unseen.

  Rule: A change is made if the record is as the partner knows it

    Background:
      Given the partner has sent the order "PO-1"

    Example: What was read is changed
      Given the partner knows the order "PO-1" as it reads it
      When the partner changes the order "PO-1" as it knows it
        | notes | knock |
      Then the order "PO-1" holds
        | notes | knock |

    Example: What was just sent is known as well
      Given the partner knows the record as it was answered
      When the partner rewrites the order "PO-1" as it knows it
        | notes | knock |
      Then the order "PO-1" holds
        | notes | knock |

    Example: What was just changed is known as well
      Given the partner has changed the order "PO-1"
        | notes | knock |
      And the partner knows the record as it was answered
      When the partner cancels the order "PO-1" as it knows it
      Then the order "PO-1" is cancelled

    Example: A change that changed nothing leaves the record as it is known
      Given the partner knows the order "PO-1" as it reads it
      And the partner has changed the order "PO-1"
        | notes | null |
      When the partner changes the order "PO-1" as it knows it
        | notes | knock |
      Then the call succeeds

    Example: Any record will do for a partner that only demands that there is one
      When the partner changes the order "PO-1" if it exists
        | notes | knock |
      Then the order "PO-1" holds
        | notes | knock |

  Rule: A change is refused if the record has become another

    Example: A <kind> that was changed is not changed again
      Given the partner has sent the <kind> "X-1"
      And the partner knows the <kind> "X-1" as it reads it
      And the partner has changed the <kind> "X-1"
        | <open>.by | the other |
      When the partner changes the <kind> "X-1" as it knows it
        | <open>.by | this one |
      Then the call is refused with PRECONDITION_FAILED

      Examples:
        | kind     | open          |
        | order    | metadata      |
        | product  | custom_fields |
        | location | metadata      |

    Example: A <kind> that was changed is not deactivated
      Given the partner has sent the <kind> "X-1"
      And the partner knows the <kind> "X-1" as it reads it
      And the partner has changed the <kind> "X-1"
        | <open>.by | the other |
      When the partner deactivates the <kind> "X-1" as it knows it
      Then the <kind> "X-1" holds
        | is_active | true |

      Examples:
        | kind     | open          |
        | product  | custom_fields |
        | location | metadata      |

    Example: Nothing of a refused change lands
      Given the partner has sent the order "PO-1"
      And the partner knows the order "PO-1" as it reads it
      And the partner has changed the order "PO-1"
        | notes | ring twice |
      When the partner changes the order "PO-1" as it knows it
        | notes         | knock       |
        | customer_name | Robin Quill |
      Then the order "PO-1" holds
        | notes         | ring twice |
        | customer_name | null       |

    Example: A refused change is logged as a validation error
      Given the order "PO-1"
      And the partner knows the order "PO-1" as it reads it
      And the order "PO-1" has become verified
      When the partner cancels the order "PO-1" as it knows it
      Then the latest log entry holds
        | status          | validation_error |
        | response_status | 412              |

  Rule: What the warehouse does makes another order of it as well

    Background:
      Given the order "PO-1"

    Example: The order has been begun
      Given the partner knows the order "PO-1" as it reads it
      And the warehouse has counted 1 of "TENT" in the order "PO-1"
      When the partner cancels the order "PO-1" as it knows it
      Then the order "PO-1" is in progress

    Example: A line has been counted again
      Given the warehouse has counted 1 of "TENT" in the order "PO-1"
      And the partner knows the order "PO-1" as it reads it
      And the warehouse has counted 0 of "TENT" in the order "PO-1"
      When the partner cancels the order "PO-1" as it knows it
      Then the order "PO-1" is in progress

  Rule: What a partner knows is the record in its own words

    Background:
      Given the partner's mapping of products
        | theirs | ours     |
        | code   | sku      |
        | stock  | quantity |
      And the partner has sent a product in its own words
        | code  | LAMP |
        | stock | 5    |

    Example: A record known in the partner's words is changed in them
      Given the partner knows the product "LAMP" as it reads it
      When the partner changes the product "LAMP" as it knows it
        | stock | 4 |
      Then the product "LAMP" holds
        | quantity | 4 |

    Example: What another client knows in other words is another thing
      Given the pass-through client knows the product "LAMP" as it reads it
      When the partner changes the product "LAMP" as the pass-through client knows it
        | stock | 4 |
      Then the call is refused with PRECONDITION_FAILED

    Example: In other words since, the record is no longer what the partner knows
      Given the partner knows the product "LAMP" as it reads it
      And the partner's mapping of products
        | theirs | ours     |
        | code   | sku      |
        | number | quantity |
      When the partner changes the product "LAMP" as it knows it
        | number | 4 |
      Then the call is refused with PRECONDITION_FAILED

    Example: A mapping that says the record as before changes nothing of what is known
      Given the partner knows the product "LAMP" as it reads it
      And the partner's mapping of products
        | theirs      | ours     |
        | code        | sku      |
        | stock / qty | quantity |
      When the partner changes the product "LAMP" as it knows it
        | stock | 4 |
      Then the product "LAMP" holds
        | quantity | 4 |

  Rule: It is judged after the record is found and before any rule

    Background:
      Given the partner has sent the order "PO-1"
      And the partner knows the order "PO-1" as it reads it

    Example: A record that does not exist
      When the partner changes the order "PO-9" as it knows it
        | notes | knock |
      Then the call is refused with NOT_FOUND

    Example: A record that does not exist, if it exists
      When the partner changes the order "PO-9" if it exists
        | notes | knock |
      Then the call is refused with NOT_FOUND

    Example: What is wrong with the change itself is told first
      Given the order "PO-1" has become verified
      When the partner changes the order "PO-1" as it knows it
        | notes | 7 |
      Then the call is refused with VALIDATION_ERROR

    Example: A shipped order is another record before it cannot be cancelled
      Given the order "PO-1" has become shipped
      When the partner cancels the order "PO-1" as it knows it
      Then the call is refused with PRECONDITION_FAILED

    Example: A shipped order that is known as such cannot be cancelled
      Given the order "PO-1" has become shipped
      And the partner knows the order "PO-1" as it reads it
      When the partner cancels the order "PO-1" as it knows it
      Then the call is refused with SERVICE_ERROR

  Rule: Only a single record is known in this way

    Example: A record that stood alone among several
      Given the settings of the partner's mapping of products
        | record | Results[] |
      And the partner's mapping of products
        | theirs | ours |
        | code   | sku  |
      When the partner sends a product in its own words
        | Results[0].code | LAMP |
      Then the answer names no state of a record

    Example: A page of records
      Given the products "A, B"
      When the partner lists the products
      Then the answer names no state of a record

    Example: What a location holds
      Given the location "MAIN" holds 5 of "TENT"
      When the partner reads the inventory of the location "MAIN"
      Then the answer names no state of a record

    Example: A load of inventory
      Given the product "TENT"
      And the location "MAIN"
      When the partner loads the inventory
        | location_code | sku_code | quantity |
        | MAIN          | TENT     | 5        |
      Then the answer names no state of a record
