Feature: Reading inventory
  A client asks what a location holds, or where a product is held.

  Background:
    Given the location "MAIN" holds 5 of "TENT"
    And the location "MAIN" holds 9 of "PEG"
    And the location "SIDE" holds 2 of "TENT"

  @changelog-2026-04-17-inventory-by-sku
  Rule: Inventory is read by location or by SKU, in one shape

    Example: What a location holds
      When the partner reads the inventory of the location "MAIN"
      Then the answer lists exactly
        | location_code | sku_code | quantity |
        | MAIN          | PEG      | 9        |
        | MAIN          | TENT     | 5        |

    Example: Where a product is held
      When the partner reads the inventory of the product "TENT"
      Then the answer lists exactly
        | location_code | sku_code | quantity |
        | SIDE          | TENT     | 2        |
        | MAIN          | TENT     | 5        |

    Example: By location is meant unless it is said otherwise
      When the partner reads the inventory of "SIDE"
      Then the answer lists exactly
        | location_code | sku_code | quantity |
        | SIDE          | TENT     | 2        |

    Example: Another way than these two
      When the partner reads the inventory of "MAIN" with
        | by | colour |
      Then the call is refused with VALIDATION_ERROR
      And the refusal names
        | field | code    |
        | by    | INVALID |

    Example: An unknown location
      When the partner reads the inventory of the location "NOWHERE"
      Then the call is refused with NOT_FOUND

    Example: An unknown SKU
      When the partner reads the inventory of the product "NO-SUCH"
      Then the call is refused with NOT_FOUND

    Example: A location that is known but empty
      Given the location "EMPTY"
      When the partner reads the inventory of the location "EMPTY"
      Then the answer lists nothing

    Example: A SKU that is known but nowhere
      Given the product "LAMP"
      When the partner reads the inventory of the product "LAMP"
      Then the answer lists nothing

  Rule: All rows come back unless a page is asked for

    Example: All rows are no page
      When the partner reads the inventory of the location "MAIN"
      Then the answer is no page

    Example: All rows, however many
      Given 60 inventory
      When the partner reads the inventory of the location "MAIN"
      Then the answer lists 62 records

    Example: A page
      When the partner reads the inventory of "MAIN" with
        | limit | 1 |
      Then the answer lists
        | sku_code |
        | PEG      |
      And there is a next page

    Example: A page by SKU
      When the partner reads the inventory of "TENT" with
        | by    | sku |
        | limit | 1   |
      Then the answer lists
        | location_code |
        | SIDE          |
      And there is a next page

    Example: A cursor of another location
      Given the partner has read the inventory of "MAIN" with
        | limit | 1 |
      When the partner asks for the next page of the inventory of "SIDE"
      Then the call is refused with VALIDATION_ERROR
      And the refusal says "Invalid cursor: '"

    Example: The next page of a location
      Given the partner has read the inventory of "MAIN" with
        | limit | 1 |
      When the partner asks for the next page of the inventory of "MAIN"
      Then the answer lists
        | sku_code |
        | TENT     |
      And there is no next page

  @changelog-2026-04-01-inventory
  Rule: Inventory is listed newest first

    Example: All locations and products
      When the partner lists the inventory
      Then the answer lists exactly
        | location_code | sku_code | quantity |
        | SIDE          | TENT     | 2        |
        | MAIN          | PEG      | 9        |
        | MAIN          | TENT     | 5        |

    Example: A record that is updated keeps its place
      Given the location "MAIN" holds 6 of "TENT"
      When the partner lists the inventory
      Then the answer lists
        | location_code | sku_code | quantity |
        | SIDE          | TENT     | 2        |
        | MAIN          | PEG      | 9        |
        | MAIN          | TENT     | 6        |
