import type { Child } from 'hono/jsx'
import type { FileRefusal } from '../../../src/messages/add-letter-file.ts'
import type { FileOwned, FileOwner, LetterFile } from '../../../src/messages/letter-file.ts'
import { Crumbs, Notice, wordFor } from '../../kit.tsx'
import type { PageContext } from '../../layout.tsx'
import { letterFileTexts } from '../../text/letter-files.ts'
import { Console } from '../console.tsx'
import type { DeskView } from '../view.ts'
import { LetterPages, ownerOf } from './owner.tsx'
import { type Sample, Samples } from './sample.tsx'

/** Why a file was not taken, and of which purpose it was. */
export type Refusal = { why: FileRefusal; purpose: LetterFile['purpose'] }

const ACCEPT = { document: 'application/pdf,.pdf', logo: 'image/png,image/jpeg' } as const

/** Why a file was not taken, in words. */
export function refusalText(frame: PageContext, { why, purpose }: Refusal): string {
  const t = letterFileTexts(frame.locale).refused
  return why === 'large' || why === 'type' ? t[why][purpose] : t[why]
}

/** A field for files of a purpose, with why the last one was not taken. */
function FileField(props: {
  frame: PageContext
  purpose: LetterFile['purpose']
  label: string
  help: string
  several?: boolean
  refusal: Refusal | null
}) {
  const { frame, purpose, label, help, several = false } = props
  const refusal = props.refusal?.purpose === purpose ? props.refusal : null
  return (
    <div class="field">
      <label for={purpose}>{label}</label>
      <p class="help" id={`${purpose}-help`}>
        {help}
      </p>
      <input
        id={purpose}
        name={purpose}
        type="file"
        accept={ACCEPT[purpose]}
        multiple={several}
        aria-describedby={refusal ? `${purpose}-help ${purpose}-error` : `${purpose}-help`}
        aria-invalid={refusal ? ('true' as const) : undefined}
      />
      {refusal && (
        <p class="err" id={`${purpose}-error`}>
          {refusalText(frame, refusal)}
        </p>
      )}
    </div>
  )
}

/** The name and size of a file, which opens it. */
function FileLink({ frame, file }: { frame: PageContext; file: LetterFile }) {
  return (
    <>
      <a href={`/desk/texts/files/${file.id}`}>
        <bdi>{file.name}</bdi>
      </a>{' '}
      <span class="soft">{letterFileTexts(frame.locale).size(file.bytes)}</span>
    </>
  )
}

type Owned = { frame: PageContext; owner: FileOwner }

const Whose = ({ owner }: Pick<Owned, 'owner'>) => <input type="hidden" name={owner.scope} value={owner.id} />

function Drop(props: Owned & { file: LetterFile; children: Child }) {
  const { owner, file, children } = props
  return (
    <form class="inline" action="/desk/texts/files/drop" method="post">
      <Whose owner={owner} />
      <input type="hidden" name="file" value={file.id} />
      <button class="btn quiet small-btn" type="submit">
        {children}
      </button>
    </form>
  )
}

function Add(props: Owned & { purpose: LetterFile['purpose']; refusal: Refusal | null }) {
  const { frame, owner, purpose, refusal } = props
  const t = letterFileTexts(frame.locale)
  const words = purpose === 'logo' ? t.logo : t.documents
  return (
    <form action="/desk/texts/files" method="post" enctype="multipart/form-data">
      <Whose owner={owner} />
      <input type="hidden" name="purpose" value={purpose} />
      <FileField frame={frame} purpose={purpose} label={words.add} help={words.lead} refusal={refusal} />
      <button class="btn" type="submit">
        {words.put}
      </button>
    </form>
  )
}

/** The logo and documents that letters of a programme or series carry, and a letter with them. */
export function FilesPage(
  view: DeskView & {
    owner: FileOwner & { scope: 'programme' | 'series' }
    owned: FileOwned
    files: readonly LetterFile[]
    refusal: Refusal | null
    /** Null if no sample was asked for; empty if there is no booking. */
    samples: readonly Sample[] | null
    done: string | undefined
  },
) {
  const { frame, staff, owner, owned, files, refusal, samples, done } = view
  const t = letterFileTexts(frame.locale)
  const from = ownerOf(frame, { ...owned, session: null })
  const said = wordFor(t.done, done)
  const documents = files.filter(({ purpose }) => purpose === 'document')
  const logo = files.find(({ purpose }) => purpose === 'logo')
  return (
    <Console frame={frame} staff={staff} title={t.title} nav="letters">
      <Crumbs frame={frame} links={[from]} />
      <h1>{t.of(from[0])}</h1>
      <LetterPages frame={frame} owner={owner} here="files" />
      <p class="lead">{t.lead}</p>
      {said && <Notice what={{ what: said, next: '' }} tone="done" alert />}
      {refusal && <Notice what={{ what: refusalText(frame, refusal), next: '' }} tone="stop" alert />}
      <section class="card">
        <h2>{t.documents.title}</h2>
        <p class="soft">{t.documents.above}</p>
        {documents.length === 0 && <p>{t.documents.none}</p>}
        <ul class="plain">
          {documents.map((file) => (
            <li>
              <FileLink frame={frame} file={file} />{' '}
              <Drop frame={frame} owner={owner} file={file}>
                {t.documents.drop}
                <span class="sr"> {t.documents.dropOne(file.name)}</span>
              </Drop>
            </li>
          ))}
        </ul>
        <Add frame={frame} owner={owner} purpose="document" refusal={refusal} />
      </section>
      {owner.scope === 'programme' && (
        <section class="card">
          <h2>{t.logo.title}</h2>
          {logo ? (
            <>
              <p>
                <img class="letter-logo" src={`/desk/texts/files/${logo.id}`} alt={from[0]} />
              </p>
              <p>
                <FileLink frame={frame} file={logo} />
              </p>
              <Drop frame={frame} owner={owner} file={logo}>
                {t.logo.drop}
              </Drop>
            </>
          ) : (
            <p>{t.logo.none}</p>
          )}
          <Add frame={frame} owner={owner} purpose="logo" refusal={refusal} />
        </section>
      )}
      {samples === null && (
        <p>
          <a class="btn quiet" href={`/desk/texts/files?${owner.scope}=${owner.id}&sample=1`}>
            {t.look}
          </a>
        </p>
      )}
      {samples !== null && samples.length > 0 && (
        <section class="card">
          <h2>{t.lookHtml}</h2>
          <iframe
            class="letter"
            title={t.lookHtml}
            sandbox="allow-popups"
            src={`/desk/texts/sample?${owner.scope}=${owner.id}`}
          />
        </section>
      )}
      {samples !== null && <Samples frame={frame} samples={samples} />}
    </Console>
  )
}

/** The field for the documents of a message. */
export function MessageFileField({ frame, refusal }: { frame: PageContext; refusal: Refusal | null }) {
  const t = letterFileTexts(frame.locale).message
  return <FileField frame={frame} purpose="document" label={t.label} help={t.help} several refusal={refusal} />
}

/**
 * The documents of a message that is not sent yet, each with a button that removes it. They stand after the button that goes
 * on, which the Enter key presses.
 */
export function MessageFiles({ frame, files }: { frame: PageContext; files: readonly LetterFile[] }) {
  const t = letterFileTexts(frame.locale)
  if (files.length === 0) return null
  return (
    <>
      <p>{t.message.there}</p>
      <ul class="plain">
        {files.map((file) => (
          <li>
            <FileLink frame={frame} file={file} />{' '}
            <button class="btn quiet small-btn" type="submit" name="drop" value={file.id}>
              {t.documents.drop}
              <span class="sr"> {t.documents.dropOne(file.name)}</span>
            </button>
          </li>
        ))}
      </ul>
    </>
  )
}
