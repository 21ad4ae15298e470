Feature: The life of a key
  Operators make, rotate, re-scope, revoke and delete keys, and each of it acts on the very next call.

  Background:
    Given the key "nightly" of the partner "north" with the scopes "integrations.orders.read"

  @changelog-2026-11-24-immediate-revocation
  Rule: What is done to a key acts on its very next call

    Example: Revoked
      Given the client with the key "nightly" has listed the orders
      And the operator has revoked the key "nightly"
      When the client with the key "nightly" lists the orders
      Then the call is refused with API_KEY_REVOKED

    Example: Deleted
      Given the client with the key "nightly" has listed the orders
      And the operator has deleted the key "nightly"
      When the client with the key "nightly" lists the orders
      Then the call is refused with INVALID_API_KEY

    Example: Expired
      Given the key "brief" expires after 1 days
      And the client with the key "brief" has listed the orders
      And 1 days have passed
      When the client with the key "brief" lists the orders
      Then the call is refused with API_KEY_EXPIRED

    Example: Given less
      Given the client with the key "nightly" has listed the orders
      And the operator has given the key "nightly" the scopes "integrations.products.read"
      When the client with the key "nightly" lists the orders
      Then the call is refused with PERMISSION_DENIED

    Example: Given more
      Given the operator has given the key "nightly" the scopes "integrations.orders.read, integrations.products.read"
      When the client with the key "nightly" lists the products
      Then the call succeeds

  @changelog-2026-11-24-key-rotation
  Rule: A rotated key has a new secret and is otherwise the same

    Example: The new secret works
      Given the operator has rotated the key "nightly"
      When the client with the key "nightly" lists the orders
      Then the call succeeds

    Example: The old secret stops at once
      Given the operator has rotated the key "nightly"
      When the client with the former secret of "nightly" lists the orders
      Then the call is refused with INVALID_API_KEY

    Example: Scopes and partner stay
      When the operator rotates the key "nightly"
      Then the key "nightly" has the scopes "integrations.orders.read"
      And the key "nightly" belongs to the partner "north"

    Example: A test key stays a test key
      Given the test key "trial"
      When the operator rotates the key "trial"
      Then the secret of the key "trial" begins with "sk_test_"

  @changelog-2026-11-24-key-rotation
  Rule: A secret is told once and kept only as a hash

    Example: What is kept
      When the operator creates the key "fresh"
      Then the secret of the key "fresh" begins with "sk_live_"
      And nothing that is kept of the key "fresh" holds its secret

  Rule: A key has a name of its own and a partner that exists, or none

    Example: A name that is taken
      When the operator creates the key "nightly"
      Then the operator is refused with NAME_TAKEN
      And the key "nightly" has the scopes "integrations.orders.read"

    Example: A partner that does not exist
      When the operator creates the key "fresh" for the partner "nobody"
      Then the operator is refused, with a message that names "nobody"

    Example: A key that does not exist
      When the operator rotates the key "fresh"
      Then the operator is refused, with a message that names "fresh"
