Feature: Several records in one call
  A payload may hold several records; all are taken or none.

  Background:
    Given the settings of the partner's mapping of products
      | record | product.variants[], product |
      | where  | tracked not in false         |
    And the partner's mapping of products
      | theirs  | ours               | direction |
      | code    | sku                |           |
      | stock   | quantity           |           |
      | ^.title | custom_fields.name | in        |

  @changelog-2026-11-24-several-records
  Rule: All records of a payload are taken or none

    Example: Records that stand in an array
      When the partner sends a product in its own words
        | product.title             | Tent |
        | product.variants[0].code  | T-1  |
        | product.variants[0].stock | 3    |
        | product.variants[1].code  | T-2  |
      Then the answer lists
        | code | stock |
        | T-1  | 3     |
        | T-2  | 0     |
      And the product "T-2" holds
        | custom_fields.name | Tent |

    Example: A single record in an array is answered in an array
      When the partner sends a product in its own words
        | product.variants[0].code | T-1 |
      Then the answer lists
        | code |
        | T-1  |

    Example: A record that stands in none is answered by itself
      When the partner sends a product in its own words
        | product.code | T-1 |
      Then the answer holds
        | code | T-1 |

    Example: An array at the top holds a record in each element
      When the partner sends a product in its own words
        | [0].code | T-1 |
        | [1].code | T-2 |
      Then the answer lists
        | code |
        | T-1  |
        | T-2  |

    Example: One that is wrong stops all, and the refusal tells which it is
      When the partner sends a product in its own words
        | product.variants[0].code  | T-1  |
        | product.variants[1].code  | T-2  |
        | product.variants[1].stock | -1   |
        | product.variants[2].stock | many |
      Then the call is refused with VALIDATION_ERROR
      And the refusal names
        | record | field | code         | pointer                   |
        | 1      | stock | OUT_OF_RANGE | /product/variants/1/stock |
        | 2      | code  | MISSING      | /product/variants/2/code  |
        | 2      | stock | WRONG_TYPE   | /product/variants/2/stock |
      And there is no product "T-1"

    Example: One that exists stops all
      Given the product "T-2"
      When the partner sends a product in its own words
        | product.variants[0].code | T-1 |
        | product.variants[1].code | T-2 |
      Then the call is refused with DUPLICATE
      And the refusal names
        | record | field | code       |
        | 1      | code  | NOT_UNIQUE |
      And there is no product "T-1"

    Example: Each that exists is told
      Given the products "T-1, T-3"
      When the partner sends a product in its own words
        | product.variants[0].code | T-1 |
        | product.variants[1].code | T-2 |
        | product.variants[2].code | T-3 |
      Then the call is refused with DUPLICATE
      And the refusal names
        | record | field | code       |
        | 0      | code  | NOT_UNIQUE |
        | 2      | code  | NOT_UNIQUE |

    Example: Two of them that are the same stop all
      When the partner sends a product in its own words
        | product.variants[0].code | T-1 |
        | product.variants[1].code | T-1 |
      Then the call is refused with DUPLICATE
      And there is no product "T-1"

    Example: No record at all
      When the partner sends a product in its own words
        | product.variants | an empty list |
      Then the call is refused with VALIDATION_ERROR

    Example: A change stands where a new record does
      Given the product "T-1"
      When the partner changes the product "T-1"
        | product.stock | 5 |
      Then the product "T-1" holds
        | quantity | 5 |

    Example: One that is wrong in an array at the top is told by its number as well
      When the partner sends a product in its own words
        | [0].code  | T-1 |
        | [1].code  | T-2 |
        | [1].stock | -1  |
      Then the call is refused with VALIDATION_ERROR
      And the refusal names
        | record | field | code         | pointer  |
        | 1      | stock | OUT_OF_RANGE | /1/stock |

    Example: A change is of one record
      Given the product "T-1"
      When the partner changes the product "T-1"
        | product.variants[0].code | T-1 |
        | product.variants[1].code | T-2 |
      Then the call is refused with VALIDATION_ERROR
      And the refusal says "a change takes exactly one record, but 2 were sent: send each by itself"

    Example: A change needs a record
      Given the product "T-1"
      When the partner changes the product "T-1"
        | product.variants | an empty list |
      Then the call is refused with VALIDATION_ERROR
      And the refusal says "holds no record"

    Example: A change of what is left out
      Given the product "T-1"
      When the partner changes the product "T-1"
        | product.variants[0].code    | T-1   |
        | product.variants[0].tracked | false |
      Then the call is refused with VALIDATION_ERROR
      And the refusal says "leaves out records like this"

    @changelog-2026-11-25-changes-of-few-fields
    Example: A change need not say again what only a new record has to
      Given the settings of the partner's mapping of products
        | record | product.variants[], product |
        | where  | tracked in true              |
      And the partner's mapping of products
        | theirs | ours     |
        | code   | sku      |
        | stock  | quantity |
      And the product "T-1"
      When the partner changes the product "T-1"
        | product.stock | 5 |
      Then the product "T-1" holds
        | quantity | 5 |

    @changelog-2026-11-24-strict-handling
    Example: With strict handling, what is unknown is told with its record
      Given the partner asks for strict handling
      When the partner sends a product in its own words
        | product.variants[0].code   | T-1 |
        | product.variants[1].code   | T-2 |
        | product.variants[1].colour | red |
      Then the call is refused with VALIDATION_ERROR
      And the refusal names
        | record | field  | code          | pointer                    |
        | 1      | colour | UNKNOWN_FIELD | /product/variants/1/colour |

  @changelog-2026-11-24-skipped-records
  Rule: Records that the mapping leaves out are skipped

    Example: Some of them, and errors count as they were sent
      When the partner sends a product in its own words
        | product.variants[0].code    | T-1   |
        | product.variants[0].tracked | false |
        | product.variants[1].code    | T-2   |
        | product.variants[1].stock   | -1    |
      Then the call is refused with VALIDATION_ERROR
      And the refusal names
        | record | field | code         |
        | 1      | stock | OUT_OF_RANGE |

    Example: All of them, and it is a success
      When the partner sends a product in its own words
        | product.variants[0].code    | T-1   |
        | product.variants[0].tracked | false |
      Then the answer lists nothing
      And there is no product "T-1"

    Example: One that is no record at all is told once
      When the partner sends a product in its own words
        | product.variants[0].code | T-1 |
        | product.variants[1]      | 7   |
      Then the call is refused with MAPPING_ERROR
      And the refusal names
        | field | code        | record |
        |       | WRONG_SHAPE | 1      |

  @changelog-2026-11-24-upsert
  Rule: Of several records that are pushed again, one that is new makes it new

    Example: One is new
      Given the product "T-1"
      When the partner pushes a product in its own words
        | product.variants[0].code  | T-1 |
        | product.variants[0].stock | 5   |
        | product.variants[1].code  | T-2 |
      Then the record is reported as new
      And the product "T-1" holds
        | quantity | 5 |

    Example: None is new
      Given the product "T-1"
      When the partner pushes a product in its own words
        | product.variants[0].code | T-1 |
      Then the record is reported as known

    Example: What only a default filled is left alone
      Given the settings of the partner's mapping of products
        | on_duplicate | update |
      And the partner's mapping of products
        | theirs | ours     | default |
        | code   | sku      |         |
        | stock  | quantity | 0       |
      And the partner has sent a product in its own words
        | code  | T-1 |
        | stock | 5   |
      When the partner sends a product in its own words
        | code | T-1 |
      Then the product "T-1" holds
        | quantity | 5 |
