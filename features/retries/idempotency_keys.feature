Feature: Sending a request again
  A sender that got no answer cannot know whether its request was carried out. Under an idempotency key, a name of
  its own choice for this one request, it may send the request again until it gets one.

  Background:
    Given the product "TENT"
    And requests carry the idempotency key "r-1"

  @changelog-2026-11-25-idempotency-keys
  Rule: What was answered first is answered again, and nothing is done twice

    Example: An order that is sent again is taken once
      Given the partner has sent the order "PO-1"
      When the partner sends the order "PO-1"
      Then the answer is the first one, told again
      And the record is reported as new

    Example: A refusal is told again, although the reason has gone
      Given the partner has tried to send the order "PO-1" with
        | items[0].sku_code | LAMP |
      And the product "LAMP"
      When the partner sends the order "PO-1" with
        | items[0].sku_code | LAMP |
      Then the answer is the first one, told again

    Example: A change is not made once more over a later one
      Given the order "PO-1"
      And the partner has changed the notes of "PO-1" to "ring twice" under the idempotency key "r-1"
      And the partner has changed the notes of "PO-1" to "knock" under the idempotency key "r-2"
      When the partner changes the notes of "PO-1" to "ring twice" under the idempotency key "r-1"
      Then the order "PO-1" holds
        | notes | knock |

    Example: A cancellation
      Given the order "PO-1"
      And the partner has cancelled "PO-1" because "ordered twice"
      When the partner cancels "PO-1" because "ordered twice"
      Then the answer is the first one, told again

    Example: A load of inventory
      Given the location "MAIN"
      And the partner has tried to create inventory
      When the partner tries to create inventory
      Then the answer is the first one, told again

    Example: What cannot be read at all
      Given the partner has tried to send an order that is no document
      When the partner sends an order that is no document
      Then the answer is the first one, told again

    Example: Reading needs no key and ignores it
      Given the partner has read the order "PO-1"
      And the order "PO-1"
      When the partner reads the order "PO-1"
      Then the call succeeds

    Example: Without a key a request is judged anew
      Given requests carry no idempotency key
      And the partner has sent the order "PO-1"
      When the partner sends the order "PO-1"
      Then the call is refused with VALIDATION_ERROR
      And the answer is no repetition

  @changelog-2026-11-25-idempotency-keys
  Rule: A key stands for one request

    Example: Another document under it is refused and leaves nothing
      Given the partner has sent the order "PO-1"
      When the partner sends the order "PO-2"
      Then the call is refused with IDEMPOTENCY_KEY_REUSED
      And there is no order "PO-2"

    Example: The same document for another record is another request
      Given the orders "PO-1, PO-2"
      And the partner has cancelled "PO-1"
      When the partner cancels "PO-2"
      Then the call is refused with IDEMPOTENCY_KEY_REUSED

    Example: After such a refusal the first request is still answered
      Given the partner has sent the order "PO-1"
      And the partner has tried to send the order "PO-2"
      When the partner sends the order "PO-1"
      Then the answer is the first one, told again

    Example: Under another key the same request is judged anew
      Given the partner has sent the order "PO-1"
      And requests carry the idempotency key "r-2"
      When the partner sends the order "PO-1"
      Then the call is refused with VALIDATION_ERROR

  @changelog-2026-11-25-idempotency-keys
  Rule: A key belongs to the API key that used it

    Example: Another client may use the same word
      Given the partner "north" has sent the order "PO-1"
      When the partner "south" sends the order "PO-1"
      Then the record is reported as new
      And the answer is no repetition

    Example: An API key with a new secret is still the same
      Given the client with the key "till" has sent the order "PO-1"
      And the operator has rotated the key "till"
      When the client with the key "till" sends the order "PO-1"
      Then the answer is the first one, told again

    Example: One that was revoked is told nothing
      Given the client with the key "till" has sent the order "PO-1"
      And the operator has revoked the key "till"
      When the client with the key "till" sends the order "PO-1"
      Then the call is refused with API_KEY_REVOKED

    Example: One that was refused may use its idempotency key once it is let in
      Given the key "till" with the scopes "integrations.products.*"
      And the client with the key "till" has tried to send the order "PO-1"
      And the operator has given the key "till" the scopes "integrations.*"
      When the client with the key "till" sends the order "PO-1"
      Then the record is reported as new

  @changelog-2026-11-25-idempotency-keys
  Rule: A key is kept for 24 hours

    Example: Until then
      Given the partner has sent the order "PO-1"
      And 24 hours have passed
      When the partner sends the order "PO-1"
      Then the answer is the first one, told again

    Example: After that the request is judged anew
      Given the partner has sent the product "LAMP"
      And 25 hours have passed
      When the partner sends the product "LAMP"
      Then the call is refused with DUPLICATE

  @changelog-2026-11-25-idempotency-keys
  Rule: A request that is answered again has a log entry of its own

    Example: It tells what was answered, and that no record was changed
      Given the partner has sent the order "PO-1"
      When the partner sends the order "PO-1"
      Then the log holds 2 entries
      And the latest log entry holds
        | action                          | order/create |
        | status                          | success      |
        | response_body.data.order_number | PO-1         |
        | mapped_payload                  | null         |
        | record_id                       | null         |

    Example: A refusal
      Given the partner has tried to send the order "PO-1" with
        | items[0].sku_code | LAMP |
      When the partner sends the order "PO-1" with
        | items[0].sku_code | LAMP |
      Then the latest log entry holds
        | status                   | service_error |
        | error_message            | some text     |
        | response_body.error.code | SERVICE_ERROR |
