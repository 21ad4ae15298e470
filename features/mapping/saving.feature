Feature: Saving a mapping
  A mapping is checked before it is used; each saved one is a new version.

  @changelog-2026-11-24-mapping-linter
  Rule: A mapping that could lose, overwrite or never fill a field is refused

    Example: <what>
      When the operator saves for the partner's orders the mapping
        | theirs   | ours   | const   | direction   |
        | <theirs> | <ours> | <const> | <direction> |
        | notes    | notes  |         |             |
      Then the mapping is refused with the finding "<finding>"

      Examples:
        | what                              | theirs       | ours             | const | direction | finding          |
        | A place that is no place          | po..number   | order_number     |       |           | bad_path         |
        | Two rules write one field         | remark       | notes            |       |           | duplicate_target |
        | A field that we do not have       | colour       | colour           |       |           | unknown_internal |
        | A field that only we set          | state        | status           |       | in        | not_writable     |
        | Arrays that do not pair           | Lines[].Item | metadata.item    |       |           | each_mismatch    |
        | A position from the end, two-way  | tags[-1]     | metadata.tag     |       |           | not_invertible   |
        | A name that is forbidden          | __proto__.x  | metadata.x       |       |           | forbidden_name   |

    Example: A required field that nothing can fill
      Given the settings of the partner's mapping of orders
        | unmapped.in | drop |
      When the operator saves for the partner's orders the mapping
        | theirs | ours  |
        | remark | notes |
      Then the mapping is refused with the finding "missing_required_internal"

    @changelog-2026-11-25-mapping-mistakes
    Example: A look-up among records that do not have the field
      When the operator saves for the partner's orders the mapping
        | theirs  | ours         | lookup          |
        | article | metadata.sku | products by upc |
      Then the mapping is refused with the finding "unknown_internal"

    Example: The mapping in use stays
      Given the partner's mapping of orders
        | theirs    | ours         |
        | po_number | order_number |
      When the operator saves for the partner's orders the mapping
        | theirs | ours   |
        | state  | status |
      Then the mapping is refused with the finding "not_writable"
      And the partner's mapping of orders is in version 2

  @changelog-2026-11-24-mapping-versions
  Rule: A mapping that is saved is a new version, in use from the next call on

    Background:
      Given the product "TENT"

    Example: The mapping from the template is the first version
      Given the partner "acme" on the template "custom"
      When the operator saves for the partner's orders the mapping
        | theirs | ours         |
        | number | order_number |
      Then the partner's mapping of orders is in version 2

    Example: The new version is in use at once
      Given the partner's mapping of products
        | theirs | ours |
        | code   | sku  |
      And the partner has read the product "TENT"
      And the partner's mapping of products
        | theirs | ours |
        | number | sku  |
      When the partner reads the product "TENT"
      Then the answer holds
        | number | TENT |

    Example: A partner's mapping of one resource is not that of another
      Given the partner's mapping of orders
        | theirs    | ours         |
        | po_number | order_number |
      When the partner reads the product "TENT"
      Then the answer holds
        | sku | TENT |

    Example: A mapping is for the resource that it says
      Given the settings of the partner's mapping of orders
        | resource | products |
      When the operator saves for the partner's orders the mapping
        | theirs | ours  |
        | remark | notes |
      Then the operator is refused, with a message that names "products"
