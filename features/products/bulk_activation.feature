Feature: Activating many products at once
  Operators switch many SKUs on or off in one step.

  @changelog-2026-04-16-bulk-activation
  Rule: All of them or none

    Example: Many are deactivated
      Given the product "TENT"
      And the product "PEG"
      When the operator deactivates the products "TENT, PEG"
      Then the product "TENT" holds
        | is_active | false |
      And the product "PEG" holds
        | is_active | false |

    Example: Many are activated
      Given the inactive product "TENT"
      And the product "PEG"
      When the operator activates the products "TENT, PEG, TENT"
      Then the product "TENT" holds
        | is_active | true |

    Example: An unknown SKU stops all of them
      Given the product "TENT"
      When the operator deactivates the products "TENT, LAMP, STOVE"
      Then the operator is refused, with a message that names "LAMP"
      And the operator is refused, with a message that names "STOVE"
      And the product "TENT" holds
        | is_active | true |

    Example: Orders for a deactivated SKU are refused from that moment on
      Given the product "TENT"
      And the operator has deactivated the products "TENT"
      When the partner sends the order "PO-1"
      Then the call is refused with SERVICE_ERROR
