@changelog-2026-11-24-mapping-history
Feature: The versions of a mapping
  A mapping is changed without risk: drafted, compared, tried, put into use, and taken back.

  Background:
    Given the product "TENT"
    And the partner's mapping of products
      | theirs | ours |
      | code   | sku  |

  Rule: A draft is not in use until it is published

    Example: A draft changes nothing
      Given the operator has drafted for the partner's products the mapping
        | theirs | ours |
        | number | sku  |
      When the partner reads the product "TENT"
      Then the answer holds
        | code | TENT |

    Example: A published draft is in use from the next call on
      Given the operator has drafted for the partner's products the mapping
        | theirs | ours |
        | number | sku  |
      And the operator has published version 3 of the partner's mapping of products
      When the partner reads the product "TENT"
      Then the answer holds
        | number | TENT |
      And the latest log entry holds
        | mapping_version | 3 |

    Example: A mapping that would be refused when it is saved cannot be drafted
      When the operator drafts for the partner's products the mapping
        | theirs     | ours |
        | po..number | sku  |
      Then the mapping is refused with the finding "bad_path"

    Example: A version that does not exist cannot be published
      When the operator publishes version 9 of the partner's mapping of products
      Then the operator is refused, with a message that names "version 9"

  Rule: An earlier mapping comes back as a new version

    Background:
      Given the partner's mapping of products
        | theirs | ours |
        | number | sku  |

    Example: The partner is answered as before
      Given the operator has restored version 2 of the partner's mapping of products
      When the partner reads the product "TENT"
      Then the answer holds
        | code | TENT |
      And the latest log entry holds
        | mapping_version | 4 |

    Example: A version that was in use before is not published a second time
      When the operator publishes version 2 of the partner's mapping of products
      Then the operator is refused, with a message that names "restore"
      And the partner's mapping of products is in version 3

    Example: The history tells which version was put into use by whom
      Given the operator has restored version 2 of the partner's mapping of products
      When the operator lists the versions of the partner's mapping of products
      Then the operator sees the entries
        | version | state  | author   | note                     |
        | 4       | in use | operator | restored from version 2  |
        | 3       | former | operator |                          |
        | 2       | former | operator |                          |
        | 1       | former | template | from the template custom |

  Rule: Two versions are compared by the places of ours that their rules are for

    Background:
      Given the partner's mapping of products
        | theirs | ours               | required |
        | number | sku                | true     |
        | title  | custom_fields.name |          |

    Example: Rules that were added, and what changed in the others
      When the operator compares versions 2 and 3 of the partner's mapping of products
      Then the operator sees the entries
        | place              | change  | member   | before | after  |
        | sku                | changed | partner  | code   | number |
        | sku                | changed | required |        | true   |
        | custom_fields.name | added   |          |        |        |

    Example: On a payload, what each version makes of it
      When the operator compares versions 2 and 3 of the partner's mapping of products on
        | code   | A-1  |
        | number | 10-1 |
        | title  | Tent |
      Then the operator sees the entries
        | target             | change  | rule | before | after  |
        | sku                | changed | r1   | A-1    | "10-1" |
        | number             | removed |      | "10-1" |        |
        | title              | removed |      | Tent   |        |
        | custom_fields.name | added   | r2   |        | Tent   |
        | code               | added   |      |        | A-1    |

  Rule: A mapping is tried without anything being written

    Example: Each value tells where it came from and how
      Given the partner's mapping of products
        | theirs | ours                 | type    | const |
        | code   | sku                  |         |       |
        | stock  | quantity             | integer |       |
        |        | custom_fields.source |         | erp   |
      When the operator tries the partner's mapping of products on
        | code  | HAMMOCK |
        | stock | "12"    |
      Then the operator sees the entries
        | target               | from  | how       | value   |
        | sku                  | code  | copied    | HAMMOCK |
        | quantity             | stock | converted | 12      |
        | custom_fields.source |       | const     | erp     |
      And there is no product "HAMMOCK"

    Example: Secrets are not shown
      Given the partner's mapping of products
        | theirs | ours              | secret |
        | code   | sku               |        |
        | pin    | custom_fields.pin | true   |
      When the operator tries the partner's mapping of products on
        | code | HAMMOCK |
        | pin  | "4711"  |
      Then the operator sees the entries
        | target            | from | value   |
        | sku               | code | HAMMOCK |
        | custom_fields.pin | pin  | •••     |
