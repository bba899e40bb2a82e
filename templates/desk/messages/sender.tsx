import type { Faults } from '../../../src/base/input.ts'
import type { TextOwned, TextOwner } from '../../../src/messages/letter-text.ts'
import { AreaField, ErrorSummary, one, TextField, type Values } from '../../fields.tsx'
import { Crumbs, Notice, wordFor } from '../../kit.tsx'
import { letterFileTexts } from '../../text/letter-files.ts'
import { messageTexts } from '../../text/messages.ts'
import { Console } from '../console.tsx'
import type { DeskView } from '../view.ts'
import { BackToStandard, LetterPages, LookOrSave, ownerOf } from './owner.tsx'
import { type Sample, Samples } from './sample.tsx'

const FIELDS = ['sender_ja', 'sender_en', 'reply'] as const
const AREAS = ['signature_ja', 'signature_en'] as const

/** Whom letters come from, where answers go and how they are signed. Shows a sample with a real booking. */
export function SenderPage(
  view: DeskView & {
    owner: TextOwner
    owned: TextOwned
    /** Whether something is saved that can be taken back. */
    isSaved: boolean
    values: Values
    errors: Faults
    changed: boolean
    /** Null if no sample was asked for; empty if there is no booking. */
    samples: readonly Sample[] | null
    done: string | undefined
  },
) {
  const { frame, staff, owner, owned, isSaved, values, errors, changed, samples, done } = view
  const { texts: t } = messageTexts(frame.locale)
  const s = letterFileTexts(frame.locale).sender
  const help: Partial<Record<string, string>> = s.help
  const from = ownerOf(frame, owned)
  const said = wordFor(s.done, done)
  return (
    <Console frame={frame} staff={staff} title={s.title} nav="letters">
      <Crumbs frame={frame} links={[from]} />
      <h1>{s.of(from[0])}</h1>
      <LetterPages frame={frame} owner={owner} here="sender" />
      <p class="lead">{s.lead}</p>
      {said && <Notice what={{ what: said, next: '' }} tone="done" alert />}
      {changed && <Notice what={t.changed} tone="stop" alert />}
      <ErrorSummary frame={frame} errors={errors} fields={[...FIELDS, ...AREAS]} labels={s.labels} />
      <form id="form" class="card narrow" action="/desk/texts/sender" method="post" novalidate>
        <input type="hidden" name={owner.scope} value={owner.id} />
        <input type="hidden" name="revision" value={one(values, 'revision')} />
        {FIELDS.map((name) => (
          <TextField
            frame={frame}
            name={name}
            type={name === 'reply' ? 'email' : 'text'}
            label={s.labels[name]}
            help={help[name]}
            value={one(values, name)}
            error={errors[name]}
          />
        ))}
        {AREAS.map((name) => (
          <AreaField
            frame={frame}
            name={name}
            label={s.labels[name]}
            help={help[name]}
            value={one(values, name)}
            error={errors[name]}
          />
        ))}
        <LookOrSave frame={frame} />
      </form>
      {isSaved && (
        <BackToStandard frame={frame} action="/desk/texts/sender/standard">
          <input type="hidden" name={owner.scope} value={owner.id} />
        </BackToStandard>
      )}
      {samples && <Samples frame={frame} samples={samples} />}
    </Console>
  )
}
