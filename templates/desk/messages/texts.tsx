import type { Faults } from '../../../src/base/input.ts'
import type { BookingLetterKind } from '../../../src/base/letters.ts'
import type { TextOwned, TextOwner } from '../../../src/messages/letter-text.ts'
import { AreaField, ErrorSummary, Options, one, type Values } from '../../fields.tsx'
import { Crumbs, Notice, wordFor } from '../../kit.tsx'
import { texts } from '../../text/index.ts'
import { messageTexts } from '../../text/messages.ts'
import { Console } from '../console.tsx'
import type { DeskView } from '../view.ts'
import { BackToStandard, LetterPages, LookOrSave, ownerOf } from './owner.tsx'
import { type Sample, Samples } from './sample.tsx'

const FIELDS = ['text_ja', 'text_en'] as const

/** The paragraph of one kind of letter, and a sample of the letter with a real booking. */
export function TextsPage(
  view: DeskView & {
    owner: TextOwner
    owned: TextOwned
    kind: BookingLetterKind
    kinds: readonly BookingLetterKind[]
    /** The kinds that have a paragraph. */
    written: readonly BookingLetterKind[]
    values: Values
    errors: Faults
    changed: boolean
    /** Null if no sample was asked for; empty if there is no booking. */
    samples: readonly Sample[] | null
    done: string | undefined
  },
) {
  const { frame, staff, owner, owned, kind, kinds, written, values, errors, changed, samples, done } = view
  const t = messageTexts(frame.locale).texts
  const names = texts(frame.locale).letters.kinds
  const said = wordFor(t.done, done)
  const from = ownerOf(frame, owned)
  const hidden = (
    <>
      <input type="hidden" name={owner.scope} value={owner.id} />
      <input type="hidden" name="kind" value={kind} />
    </>
  )
  return (
    <Console frame={frame} staff={staff} title={t.title} nav="letters">
      <Crumbs frame={frame} links={[from]} />
      <h1>{t.of(from[0])}</h1>
      <LetterPages frame={frame} owner={owner} here="texts" />
      <p class="lead">{t.lead}</p>
      {said && <Notice what={{ what: said, next: '' }} tone="done" alert />}
      {changed && <Notice what={t.changed} tone="stop" alert />}
      <ErrorSummary frame={frame} errors={errors} fields={FIELDS} labels={t.labels} />
      <form class="card with-unit" action="/desk/texts" method="get">
        <input type="hidden" name={owner.scope} value={owner.id} />
        <label for="kind">{t.kind}</label>
        <select id="kind" name="kind" data-submits>
          <Options
            names={Object.fromEntries(
              kinds.map((one_) => [one_, written.includes(one_) ? t.has(names[one_]) : names[one_]]),
            )}
            chosen={kind}
          />
        </select>
        <button class="btn quiet small-btn" type="submit">
          {t.show}
        </button>
      </form>
      <form id="form" class="card" action="/desk/texts" method="post" novalidate>
        <h2>{names[kind]}</h2>
        <p class="soft">{t.above}</p>
        {hidden}
        <input type="hidden" name="revision" value={one(values, 'revision')} />
        <AreaField
          frame={frame}
          name="text_ja"
          label={t.labels.text_ja}
          help={t.help}
          value={one(values, 'text_ja')}
          error={errors.text_ja}
        />
        <AreaField
          frame={frame}
          name="text_en"
          label={t.labels.text_en}
          help={t.englishHelp}
          value={one(values, 'text_en')}
          error={errors.text_en}
        />
        <LookOrSave frame={frame} />
      </form>
      {written.includes(kind) && (
        <BackToStandard frame={frame} action="/desk/texts/standard">
          {hidden}
        </BackToStandard>
      )}
      {samples && <Samples frame={frame} samples={samples} />}
    </Console>
  )
}
