Feature: Locations
  A location is a place that holds stock, named by its code.

  @changelog-2026-04-01-locations
  Rule: A location is taken once

    Example: Every field is answered, also the empty ones
      When the partner sends the location "MAIN"
      Then the record is reported as new
      And the answer has exactly the fields
        | code       |
        | name       |
        | zone       |
        | aisle      |
        | metadata   |
        | is_active  |
        | id         |
        | created_at |
        | updated_at |

    Example: What was sent comes back
      When the partner sends the location "WH/SHELF-01" with
        | name           | Main warehouse |
        | zone           | A              |
        | aisle          | "07"           |
        | metadata.floor | 2              |
      Then the answer holds
        | code           | WH/SHELF-01    |
        | name           | Main warehouse |
        | zone           | A              |
        | aisle          | "07"           |
        | metadata.floor | 2              |
        | is_active      | true           |

    Example: A code that exists is refused
      Given the location "MAIN"
      When the partner sends the location "MAIN"
      Then the call is refused with DUPLICATE
      And the refusal names
        | field | code       |
        | code  | NOT_UNIQUE |

    Example: A code of an inactive location exists as well
      Given the inactive location "MAIN"
      When the partner sends the location "MAIN"
      Then the call is refused with DUPLICATE

    Example: "<value>" is no value for <field>
      When the partner sends the location "MAIN" with
        | <field> | <value> |
      Then the call is refused with VALIDATION_ERROR
      And the refusal names
        | field   | code   |
        | <field> | <code> |

      Examples:
        | field     | value         | code       |
        | code      | (not sent)    | MISSING    |
        | code      | an empty text | TOO_SHORT  |
        | code      | 256 letters   | TOO_LONG   |
        | name      | 7             | WRONG_TYPE |
        | zone      | 1             | WRONG_TYPE |
        | aisle     | 7             | WRONG_TYPE |
        | metadata  | floor 2       | WRONG_TYPE |
        | is_active | 0             | WRONG_TYPE |

  @changelog-2026-04-01-locations
  Rule: A location is changed, deactivated and listed

    Example: One field is changed
      Given the partner has sent the location "MAIN" with
        | name | Main warehouse |
        | zone | A              |
      When the partner changes the location "MAIN"
        | zone | B |
      Then the location "MAIN" holds
        | name | Main warehouse |
        | zone | B              |

    @changelog-2026-11-24-updates
    Example: <field> is cleared by null
      Given the partner has sent the location "MAIN" with
        | name           | Main warehouse |
        | zone           | A              |
        | aisle          | "07"           |
        | metadata.floor | 2              |
      When the partner changes the location "MAIN"
        | <field> | null |
      Then the location "MAIN" holds
        | <field> | <cleared> |

      Examples:
        | field    | cleared         |
        | name     | null            |
        | zone     | null            |
        | aisle    | null            |
        | metadata | an empty object |

    @changelog-2026-11-24-updates
    Example: Another code is refused
      Given the location "MAIN"
      When the partner changes the location "MAIN"
        | code | SIDE |
      Then the call is refused with VALIDATION_ERROR
      And the refusal names
        | field | code  |
        | code  | FIXED |

    Example: A rewriting replaces the metadata
      Given the partner has sent the location "MAIN" with
        | metadata.floor | 2 |
      When the partner rewrites the location "MAIN"
        | metadata.gate | 4 |
      Then the location "MAIN" does not hold "metadata.floor"

    Example: A deactivated location is still read
      Given the location "MAIN"
      And the partner has deactivated the location "MAIN"
      When the partner reads the location "MAIN"
      Then the answer holds
        | is_active | false |

    Example: Active ones are listed unless others are asked for
      Given the location "MAIN"
      And the location "SIDE"
      And the inactive location "OLD"
      When the partner lists the locations
      Then the answer lists
        | code |
        | SIDE |
        | MAIN |

    Example: The inactive ones
      Given the location "MAIN"
      And the inactive location "OLD"
      When the partner lists the locations with
        | is_active | false |
      Then the answer lists
        | code |
        | OLD  |

    @changelog-2026-11-24-upsert
    Example: A location that is pushed again is updated
      Given the partner has sent the location "MAIN" with
        | name | Main warehouse |
      When the partner pushes the location "MAIN" with
        | zone | B |
      Then the record is reported as known
      And the location "MAIN" holds
        | name | Main warehouse |
        | zone | B              |

  @changelog-2026-04-16-location-activity
  Rule: An update switches a location on and off

    Example: Switched on again
      Given the inactive location "MAIN"
      When the partner changes the location "MAIN"
        | is_active | true |
      Then the location "MAIN" holds
        | is_active | true |

    Example: Switched off
      Given the location "MAIN"
      When the partner rewrites the location "MAIN"
        | is_active | false |
      Then the location "MAIN" holds
        | is_active | false |

    Example: It is one or the other
      Given the location "MAIN"
      When the partner changes the location "MAIN"
        | is_active | null |
      Then the call is refused with VALIDATION_ERROR
      And the refusal names
        | field     | code             |
        | is_active | NULL_NOT_ALLOWED |
