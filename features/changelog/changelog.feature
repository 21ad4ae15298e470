Feature: The changelog
  What a client can notice is told in dated entries.

  @changelog-2026-11-24-changelog-feeds
  Rule: Entries are listed newest first

    Example: All of them
      When somebody reads the changelog
      Then no entry is older than the one below it
      And every entry has a name, a title and a text of its own
