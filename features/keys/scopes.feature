Feature: What a key may do
  A key's scopes say which actions it may take on which resources.

  @changelog-2026-04-01-scopes
  Rule: A scope allows one action on one resource, or with a star every action

    Example: With <scopes>, to <action> <resource> is <judged>
      Given the key "nightly" with the scopes "<scopes>"
      When the client with the key "nightly" tries to <action> <resource>
      Then the call is <judged>

      Examples:
        | scopes                                               | action | resource  | judged                         |
        | integrations.orders.read                             | read   | orders    | let in                         |
        | integrations.orders.read                             | list   | orders    | let in                         |
        | integrations.orders.read                             | create | orders    | refused with PERMISSION_DENIED |
        | integrations.orders.read                             | change | orders    | refused with PERMISSION_DENIED |
        | integrations.orders.read                             | delete | orders    | refused with PERMISSION_DENIED |
        | integrations.orders.read                             | read   | products  | refused with PERMISSION_DENIED |
        | integrations.orders.write                            | create | orders    | let in                         |
        | integrations.orders.write                            | change | orders    | let in                         |
        | integrations.orders.write                            | read   | orders    | refused with PERMISSION_DENIED |
        | integrations.orders.write                            | delete | orders    | refused with PERMISSION_DENIED |
        | integrations.orders.delete                           | delete | orders    | let in                         |
        | integrations.orders.delete                           | change | orders    | refused with PERMISSION_DENIED |
        | integrations.orders.*                                | read   | orders    | let in                         |
        | integrations.orders.*                                | create | orders    | let in                         |
        | integrations.orders.*                                | delete | orders    | let in                         |
        | integrations.orders.*                                | read   | inventory | refused with PERMISSION_DENIED |
        | integrations.*                                       | delete | products  | let in                         |
        | integrations.*                                       | create | inventory | let in                         |
        | integrations.products.read                           | list   | products  | let in                         |
        | integrations.products.delete                         | delete | products  | let in                         |
        | integrations.locations.write                         | create | locations | let in                         |
        | integrations.locations.write                         | change | products  | refused with PERMISSION_DENIED |
        | integrations.inventory.read                          | read   | inventory | let in                         |
        | integrations.inventory.read                          | list   | inventory | let in                         |
        | integrations.inventory.read                          | create | inventory | refused with PERMISSION_DENIED |
        | integrations.inventory.write                         | create | inventory | let in                         |
        | integrations.orders.read, integrations.orders.delete | delete | orders    | let in                         |

    Example: A new key may do everything unless it is said otherwise
      When the operator creates the key "nightly"
      Then the key "nightly" has the scopes "integrations.*"

  @changelog-2026-04-01-scopes
  Rule: What is no scope is refused, and the refusal says what would be right

    Example: "<scope>" is no scope
      When the operator creates the key "nightly" with the scopes "<scope>"
      Then the operator is refused, with a message that names "<right>"
      And there is no key "nightly"

      Examples:
        | scope                       | right                       |
        | *                           | integrations.*              |
        | integrations.*.read         | orders                      |
        | integrations.customers.read | orders                      |
        | integrations.orders.destroy | delete                      |
        | integrations.orders         | integrations.orders.read    |
        | orders.read                 | integrations.orders.read    |
        | integrations.orders.read.x  | integrations.orders.read    |
        | Integrations.orders.read    | integrations.orders.read    |

    Example: An empty scope is no scope
      When the operator creates the key "nightly" with an empty scope
      Then the operator is refused, with a message that names "integrations.*"

    Example: A key is not re-scoped to what is no scope
      Given the key "nightly" with the scopes "integrations.orders.read"
      When the operator gives the key "nightly" the scopes "orders.write"
      Then the operator is refused, with a message that names "integrations.orders.read"
      And the key "nightly" has the scopes "integrations.orders.read"

    @changelog-2026-04-17-inventory-scope
    Example: The former name of inventory is refused with the right one
      When the operator creates the key "nightly" with the scopes "integrations.inventorys.read"
      Then the operator is refused, with a message that names "integrations.inventory.read"

    @changelog-2026-04-17-inventory-scope
    Example: The right name of inventory
      Given the key "nightly" with the scopes "integrations.inventory.*"
      When the client with the key "nightly" tries to create inventory
      Then the call is let in
