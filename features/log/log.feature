Feature: The integration log
  Every call that was let in leaves one entry, whatever its outcome.

  Background:
    Given the product "TENT"

  @changelog-2026-04-01-integration-log
  Rule: An entry tells what was sent, what it was read as and what was answered

    Example: An order that was taken
      When the partner sends the order "PO-1"
      Then the latest log entry holds
        | id                                  | an id        |
        | received_at                         | a time       |
        | request_id                          | some text    |
        | partner                             | acme         |
        | api_key                             | acme         |
        | action                              | order/create |
        | identifier                          | null         |
        | raw_payload                         | some text    |
        | mapped_payload.order_number         | PO-1         |
        | mapping_version                     | 1            |
        | mapping_hash                        | some text    |
        | response_body.data.order_number     | PO-1         |
        | status                              | success      |
        | error_message                       | null         |
        | record_id                           | an id        |
        | duration_ms                         | a number     |
      And the latest log entry keeps what was sent byte for byte

    Example: The entry names the record that was <done>
      Given the order "PO-1"
      When the partner <does>
        | notes | knock |
      Then the latest log entry names our id of the order "PO-1"

      Examples:
        | done     | does                     |
        | changed  | changes the order "PO-1" |
        | rewritten | rewrites the order "PO-1" |
        | cancelled | cancels "PO-1" with       |

    Example: Nothing was sent
      When the partner lists the orders
      Then the latest log entry holds
        | action         | order/list |
        | raw_payload    | null       |
        | mapped_payload | null       |
        | record_id      | null       |

    Example: A call that looks at one record tells its identifier
      Given the order "PO-1"
      When the partner reads the order "PO-1"
      Then the latest log entry holds
        | action     | order/read |
        | identifier | PO-1       |

    Example: To <action> <resource> is called <name>
      When the pass-through client tries to <action> <resource>
      Then the latest log entry holds
        | action | <name> |

      Examples:
        | action | resource  | name             |
        | create | orders    | order/create     |
        | read   | orders    | order/read       |
        | list   | orders    | order/list       |
        | change | orders    | order/update     |
        | delete | orders    | order/delete     |
        | create | products  | product/create   |
        | read   | products  | product/read     |
        | change | locations | location/update  |
        | delete | locations | location/delete  |
        | create | inventory | inventory/create |
        | list   | inventory | inventory/list   |
        | read   | inventory | inventory/read   |

    @changelog-2026-04-17-log-names-the-key
    Example: The key is named, and the partner it speaks for
      Given the key "nightly" of the partner "north" with the scopes "integrations.*"
      When the client with the key "nightly" lists the orders
      Then the latest log entry holds
        | partner | north   |
        | api_key | nightly |

    @changelog-2026-11-24-ignored-fields
    Example: What nobody reads is listed
      When the partner sends the order "PO-1" with
        | colour          | red  |
        | items[0].weight | 7    |
        | metadata.any    | kept |
      Then the latest log entry lists as ignored
        | colour          |
        | items[0].weight |

    Example: What is no UTF-8 is kept byte for byte as well
      When the partner sends an order with text that is not UTF-8 in it
      Then the latest log entry holds
        | raw_payload_base64 | some text |
      And the latest log entry keeps what was sent byte for byte

    Example: A client without a mapping uses no version
      When the pass-through client sends the order "PO-1"
      Then the latest log entry holds
        | mapping_version | null |
        | mapping_hash    | null |

    @changelog-2026-11-24-mapping-versions
    Example: The version of the mapping that was used
      Given the partner's mapping of orders
        | theirs    | ours         |
        | po_number | order_number |
      And the partner's mapping of orders
        | theirs | ours         |
        | number | order_number |
      When the partner sends an order in its own words
        | number            | PO-1 |
        | items[0].sku_code | TENT |
        | items[0].quantity | 2    |
      Then the latest log entry holds
        | mapping_version             | 3    |
        | mapped_payload.order_number | PO-1 |

    Example: A load is kept as it was read
      Given the location "MAIN" holds 5 of "TENT"
      When the partner loads the inventory
        | location_code | sku_code | quantity |
        | MAIN          | TENT     | 7        |
        | NOWHERE       | TENT     | 7        |
      Then the latest log entry holds
        | action                              | inventory/create |
        | status                              | success          |
        | mapped_payload.inventory[1].sku_code | TENT            |
        | response_body.data.failed           | 1                |

    Example: Several records are named each
      Given the settings of the partner's mapping of products
        | record | products[] |
      And the partner's mapping of products has no rules
      When the partner sends a product in its own words
        | products[0].sku | LAMP  |
        | products[1].sku | STOVE |
      Then the latest log entry holds
        | record_id[0] | an id |
        | record_id[1] | an id |

  @changelog-2026-04-01-integration-log
  Rule: A refused call that was let in leaves its entry as well

    @changelog-2026-11-24-durable-answers
    Example: An order with an unknown SKU
      When the partner sends the order "PO-1" with
        | items[0].sku_code | NO-SUCH |
      Then the latest log entry holds
        | status                         | service_error |
        | error_message                  | some text     |
        | response_body.error.code       | SERVICE_ERROR |
        | mapped_payload.order_number    | PO-1          |
        | record_id                      | null          |
      And there is no order "PO-1"

    Example: An order that is not well formed
      When the partner sends the order "PO-1" with
        | items[0].quantity | 0 |
      Then the latest log entry holds
        | status | validation_error |

    Example: A document that cannot be mapped
      Given the partner's mapping of orders
        | theirs    | ours         | required |
        | po_number | order_number | true     |
      When the partner sends an order in its own words
        | colour | red |
      Then the latest log entry holds
        | status | mapping_error |

    Example: A record that does not exist
      When the partner reads the order "PO-9"
      Then the latest log entry holds
        | status     | not_found |
        | identifier | PO-9      |

    Example: A record that exists
      When the partner sends the product "TENT"
      Then the latest log entry holds
        | status | validation_error |

    Example: What cannot be read at all
      When the partner sends an order that is no document
      Then the latest log entry holds
        | status         | validation_error |
        | mapped_payload | null             |
      And the latest log entry keeps what was sent byte for byte

    @changelog-2026-11-25-slow-requests
    Example: A document that does not arrive in time
      When the partner sends an order that does not arrive in time
      Then the call is refused with REQUEST_TIMEOUT
      And the latest log entry holds
        | action         | order/create     |
        | status         | validation_error |
        | mapped_payload | null             |

    Example: A refused key leaves none
      When a client with an unknown key lists the orders
      Then the log is empty

  @changelog-2026-04-01-integration-log
  Rule: The log never holds a secret

    Example: After a call
      When the partner sends the order "PO-1"
      Then nothing in the log holds the secret of the partner

  @changelog-2026-04-01-integration-log
  Rule: Operators choose entries, newest first

    Example: Of one partner
      Given the partner "north" has listed the orders
      And the partner "south" has listed the products
      When the operator lists the log with
        | partner | north |
      Then the operator sees the entries
        | partner | action     |
        | north   | order/list |

    Example: Of one key
      Given the client with the key "first" has listed the orders
      And the client with the key "second" has listed the products
      When the operator lists the log with
        | api_key | second |
      Then the operator sees the entries
        | api_key | action       |
        | second  | product/list |

    Example: Of one outcome
      Given the partner "north" has listed the orders
      And the partner "north" has tried to read the order "PO-9"
      When the operator lists the log with
        | status | not_found |
      Then the operator sees the entries
        | action     | status    |
        | order/read | not_found |

    Example: Since a time
      Given the partner "north" has listed the orders
      And 2 hours have passed
      And the partner "north" has listed the products
      When the operator lists the log of the last 1 hours
      Then the operator sees the entries
        | action       |
        | product/list |

    Example: A few of the newest
      Given the partner "north" has listed the orders
      And the partner "north" has listed the products
      When the operator lists the newest 1 entries of the log
      Then the operator sees the entries
        | action       |
        | product/list |

  @changelog-2026-04-01-integration-log
  Rule: Entries are kept for their time and no longer

    Example: Past their time
      Given the partner "north" has listed the orders
      And 91 days have passed
      When the operator purges the log of what is older than 90 days
      Then the log is empty

    Example: Within their time
      Given the partner "north" has listed the orders
      And 89 days have passed
      When the operator purges the log of what is older than 90 days
      Then the log holds 1 entries

  @changelog-2026-11-24-log-reports
  Rule: A report for a support ticket can be made from any entry

    Example: Of an order that was refused
      Given the partner has tried to send the order "PO-1" with
        | items[0].sku_code | NO-SUCH |
      When the operator makes a report of the latest log entry
      Then the report has exactly the fields
        | request_timestamp |
        | partner           |
        | request_id        |
        | method            |
        | path              |
        | request_body      |
        | response_status   |
        | response_body     |
        | mapping_version   |
      And the report holds
        | partner                  | acme          |
        | response_body.error.code | SERVICE_ERROR |
      And the report holds what was sent byte for byte

    Example: An entry that does not exist
      When the operator makes a report of the log entry "none"
      Then the operator is refused, with a message that names "none"
