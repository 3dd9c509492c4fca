"""The demonstration's consultation, as data: drafts, contributions, changes and what follows.

All of it is invented: no sentence here was ever said by the organisation it stands beside. A
paragraph is named by its place among the blocks of `zero-draft.*.md`, counted from 0; headings and
footnotes are blocks too, and the four languages hold the same blocks in the same order. A
contribution is named by its `n`. It refuses to know how any of it is stored.

`zero-draft.{en,fr,es,ar}.md`  the text, in the dialect of `consult.text.markdown`
`contributions.json`           what sixty Societies and two networks say of it, and what was decided
`codes.json`                   themes and related frameworks, by which contributions are coded
`first-draft.json`             the change set that leads from it to the first draft
`pledges.json`, `reports.json` what was pledged on the paragraphs, and reported of them
`meeting.json`                 one meeting of a network, from concept note to agreed text

An operation of the change set names its block as `paragraph` (merge: `paragraphs`), a place as
`after`, the new texts as `texts` or, by parts, as `into`; an inserted or relabelled block also its
`kind`, `level` and `number`. `because` numbers the contributions it takes over, the accepted and
the partly accepted, without their duplicates; `note` says why where there are none. Texts that are
written here, proposals and operations, hold no reference to a footnote.
"""
