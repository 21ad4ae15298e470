Feature: Who is let in
  Every call carries a key; the key is judged before anything that was sent.

  @changelog-2026-04-17-error-codes
  Rule: A call without a usable key is refused, and the refusal says why

    Example: <client>
      When <client> lists the orders
      Then the call is refused with <code>
      And the refusal says "<message>"

      Examples:
        | client                       | code             | message             |
        | a client without a key       | API_KEY_REQUIRED | API key required    |
        | a client with an empty key   | API_KEY_REQUIRED | API key required    |
        | a client with an unknown key | INVALID_API_KEY  | Invalid API key     |
        | a client with a mistyped key | INVALID_API_KEY  | Invalid API key     |

    Example: A key that has expired
      Given the key "nightly" expires after 2 days
      And 2 days have passed
      When the client with the key "nightly" lists the orders
      Then the call is refused with API_KEY_EXPIRED
      And the refusal says "API key has expired"

    Example: A key that has not expired yet
      Given the key "nightly" expires after 2 days
      And 1 days have passed
      When the client with the key "nightly" lists the orders
      Then the call succeeds

    Example: A key that was revoked
      Given the key "nightly" with the scopes "integrations.*"
      And the operator has revoked the key "nightly"
      When the client with the key "nightly" lists the orders
      Then the call is refused with API_KEY_REVOKED
      And the refusal says "API key has been revoked"

    Example: A key that may do something else
      Given the key "nightly" with the scopes "integrations.products.*"
      When the client with the key "nightly" lists the orders
      Then the call is refused with PERMISSION_DENIED
      And the refusal says "You do not have permission to perform this action."

    Example: A test key works like any other
      Given the test key "trial"
      When the client with the key "trial" lists the orders
      Then the call succeeds

  Rule: A call is judged in one order, and the first refusal is the answer

    Example: A key that is revoked and expired is revoked
      Given the key "nightly" expires after 2 days
      And 3 days have passed
      And the operator has revoked the key "nightly"
      When the client with the key "nightly" lists the orders
      Then the call is refused with API_KEY_REVOKED

    Example: The key is judged before its partner
      Given the key "nightly" of the partner "north" with the scopes "integrations.*"
      And the operator has switched off the partner "north"
      And the operator has revoked the key "nightly"
      When the client with the key "nightly" lists the orders
      Then the call is refused with API_KEY_REVOKED

    @changelog-2026-11-24-partner-switch
    Example: The partner is judged before the scope
      Given the key "nightly" of the partner "north" with the scopes "integrations.products.read"
      And the operator has switched off the partner "north"
      When the client with the key "nightly" lists the orders
      Then the call is refused with INTEGRATION_DISABLED

    Example: The scope is judged before what was sent
      Given the key "reader" with the scopes "integrations.orders.read"
      When the client with the key "reader" sends the order "PO-1" with
        | items | (not sent) |
      Then the call is refused with PERMISSION_DENIED

    Example: The key is judged before what cannot even be read
      When a client with an unknown key sends an order that is no document
      Then the call is refused with INVALID_API_KEY

    Example: What cannot be read is told before the mapping is asked
      Given the partner's mapping of orders
        | theirs    | ours         | required |
        | po_number | order_number | true     |
      When the partner sends an order that is no document
      Then the call is refused with VALIDATION_ERROR

    Example: What is asked is judged before the mapping
      Given the partner's mapping of products
        | theirs | ours | required |
        | code   | sku  | true     |
      When the partner sends the product "TENT", asking for upsert "perhaps"
      Then the call is refused with VALIDATION_ERROR
      And the refusal names
        | field  | code    |
        | upsert | INVALID |

    Example: The schema is judged before the record is looked for
      When the partner changes the product "NO-SUCH"
        | quantity | many |
      Then the call is refused with VALIDATION_ERROR

    Example: The record is looked for before a business rule is asked
      Given the order "PO-1"
      When the partner sends the order "PO-1" with
        | items[0].sku_code | NO-SUCH |
      Then the call is refused with VALIDATION_ERROR

  Rule: A refused call changes nothing

    Example: A reader sends a product
      Given the key "reader" with the scopes "integrations.products.read"
      When the client with the key "reader" sends the product "TENT"
      Then the call is refused with PERMISSION_DENIED
      And there is no product "TENT"
