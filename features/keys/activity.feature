Feature: Refused keys have a record of their own
  What was not let in is recorded apart from the integration log.

  @changelog-2026-11-24-refused-keys
  Rule: Every refused key is recorded, and not in the integration log

    Example: A known key that lacks the scope
      Given the key "reader" with the scopes "integrations.orders.read"
      When the client with the key "reader" sends the order "PO-1"
      Then the key activity is
        | api_key | code              | count |
        | reader  | PERMISSION_DENIED | 1     |
      And the log is empty

    Example: Each refusal of a known key is recorded, newest first
      Given the key "reader" with the scopes "integrations.orders.read"
      And the client with the key "reader" has tried to send the order "PO-1"
      And the operator has revoked the key "reader"
      When the client with the key "reader" lists the orders
      Then the key activity is
        | api_key | code              | count |
        | reader  | API_KEY_REVOKED   | 1     |
        | reader  | PERMISSION_DENIED | 1     |

    Example: A key whose partner is switched off
      Given the key "nightly" of the partner "north" with the scopes "integrations.*"
      And the operator has switched off the partner "north"
      When the client with the key "nightly" lists the orders
      Then the key activity is
        | api_key | code                 | count |
        | nightly | INTEGRATION_DISABLED | 1     |

    Example: Refusals without a known key are counted together
      Given a client with an unknown key has tried to list the orders
      And a client with an unknown key has tried to list the products
      When a client without a key lists the orders
      Then the key activity is
        | code             | count |
        | API_KEY_REQUIRED | 1     |
        | INVALID_API_KEY  | 2     |

    Example: Another hour is counted anew
      Given a client with an unknown key has tried to list the orders
      And 1 hours have passed
      When a client with an unknown key lists the orders
      Then the key activity is
        | code            | count |
        | INVALID_API_KEY | 1     |
        | INVALID_API_KEY | 1     |

    Example: A deleted key is remembered by its name
      Given the key "reader" with the scopes "integrations.orders.read"
      And the client with the key "reader" has tried to send the order "PO-1"
      When the operator deletes the key "reader"
      Then the key activity is
        | api_key | code              | count |
        | reader  | PERMISSION_DENIED | 1     |
