Feature: Partners
  An outside system is taken in as a partner, and may be switched off and on.

  @changelog-2026-11-24-partner-switch
  Rule: While a partner is switched off, its keys are refused

    Example: Switched off
      Given the partner "north" has listed the orders
      And the operator has switched off the partner "north"
      When the partner "north" lists the orders
      Then the call is refused with INTEGRATION_DISABLED
      And the refusal says "north"

    Example: Switched on again, with everything there
      Given the partner "north" has sent the order "PO-1"
      And the operator has switched off the partner "north"
      And the operator has switched on the partner "north"
      When the partner "north" reads the order "PO-1"
      Then the answer holds
        | order_number | PO-1 |

    Example: Other partners are not concerned
      Given the partner "north" has listed the orders
      And the operator has switched off the partner "north"
      When the partner "south" lists the orders
      Then the call succeeds

  Rule: A partner has a slug of its own and starts from a template

    Example: A slug that is taken
      Given the partner "north"
      When the operator takes in the partner "north"
      Then the operator is refused with NAME_TAKEN

    Example: "<slug>" is no slug
      When the operator takes in the partner "<slug>"
      Then the operator is refused, with a message that names "acme-web"

      Examples:
        | slug     |
        | North    |
        | no rth   |
        | -north   |
        | no--rth  |
        | n_rth    |

    Example: A template that does not exist
      When the operator takes in the partner "north" on the template "pigeon-post"
      Then the operator is refused, with a message that names "custom"

    Example: A partner whose mapping is still empty speaks the platform's words
      Given the product "TENT"
      When the partner "north" sends the order "PO-1"
      Then the record is reported as new

    Example: A default identifier that no resource has
      When the operator takes in the partner "north", which addresses records by "colour"
      Then the operator is refused, with a message that names "colour"

    Example: A partner that does not exist is not switched off
      When the operator switches off the partner "north"
      Then the operator is refused, with a message that names "north"
