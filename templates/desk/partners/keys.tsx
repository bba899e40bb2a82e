import type { Faults } from '../../../src/base/input.ts'
import { KEY_SCOPES } from '../../../src/base/vocabulary.ts'
import type { ApiKey } from '../../../src/partners/queries.ts'
import type { Desk } from '../../../src/people/desk.ts'
import type { KeepsNone } from '../../../src/planning/desks/kept.ts'
import { ChoiceField, ErrorSummary, Options, one, SelectField, TextField, type Values } from '../../fields.tsx'
import { Crumbs, Facts, Notice } from '../../kit.tsx'
import type { PageContext } from '../../layout.tsx'
import { deskTexts } from '../../text/desk.ts'
import { dateText, momentText } from '../../text/when.ts'
import { Console } from '../console.tsx'
import { NoDesk } from '../desks/field.tsx'
import type { DeskView } from '../view.ts'

function Row({ frame, apiKey }: { frame: PageContext; apiKey: ApiKey }) {
  const t = deskTexts(frame.locale).apiKeys
  const isValid = apiKey.revoked_at === null
  return (
    <tr>
      <td data-label={t.columns.name}>
        <bdi>{apiKey.name}</bdi>
      </td>
      <td data-label={t.columns.desk}>{apiKey.desk.name[frame.locale]}</td>
      <td data-label={t.columns.scope}>{t.scopes[apiKey.scope]}</td>
      <td class="num" data-label={t.columns.hint}>
        <code>{`…${apiKey.hint}`}</code>
      </td>
      <td class="num" data-label={t.columns.made}>
        {momentText(frame.locale, apiKey.created_at)}
      </td>
      <td class="num" data-label={t.columns.used}>
        {apiKey.used_on === null ? t.never : dateText(frame.locale, apiKey.used_on)}
      </td>
      <td data-label={t.columns.state}>
        <span class={isValid ? 'pill ok' : 'pill'}>{isValid ? t.states.valid : t.states.revoked}</span>
      </td>
      <td data-label={t.columns.act}>
        {isValid && (
          <a href={`/desk/keys/${apiKey.id}/revoke`}>
            {t.revoke}
            <span class="sr"> {apiKey.name}</span>
          </a>
        )}
      </td>
    </tr>
  )
}

/** The keys of partners' systems. `made`: the key that was made just now, shown on this page alone. */
export function KeysPage(
  props: DeskView & { keys: ApiKey[]; none: KeepsNone | null; made: string | null; done: string | undefined },
) {
  const { frame, staff, keys, none, made, done } = props
  const d = deskTexts(frame.locale)
  const t = d.apiKeys
  return (
    <Console frame={frame} staff={staff} title={t.title} nav="security" fixed={made !== null}>
      <Crumbs frame={frame} links={[[d.security.title, '/desk/security']]} />
      <div class="head">
        <h1>{t.title}</h1>
        {none === null && (
          <a class="btn" href="/desk/keys/new">
            {t.add}
          </a>
        )}
      </div>
      <p class="lead">{t.lead}</p>
      {done === 'revoked' && <Notice what={{ what: t.revoked, next: '' }} tone="done" alert />}
      {made !== null && (
        <Notice what={t.made} tone="done" alert>
          <p>
            <code class="typed">{made}</code>
          </p>
        </Notice>
      )}
      {none !== null && <NoDesk frame={frame} none={none} />}
      {keys.length === 0 ? (
        <p class="card empty">{t.empty}</p>
      ) : (
        <section class="scroll" tabindex={0} aria-label={t.title}>
          <table class="list">
            <thead>
              <tr>
                {Object.values(t.columns).map((name) => (
                  <th scope="col">{name}</th>
                ))}
              </tr>
            </thead>
            <tbody>
              {keys.map((apiKey) => (
                <Row frame={frame} apiKey={apiKey} />
              ))}
            </tbody>
          </table>
        </section>
      )}
    </Console>
  )
}

/** Makes a key. */
export function NewKeyPage(
  props: DeskView & { desks: Desk[]; none: KeepsNone | null; values: Values; errors: Faults },
) {
  const { frame, staff, desks, none, values, errors } = props
  const t = deskTexts(frame.locale).apiKeys
  const names = Object.fromEntries(desks.map((desk) => [desk.id, desk.name[frame.locale]]))
  return (
    <Console frame={frame} staff={staff} title={t.add} nav="security">
      <Crumbs frame={frame} links={[[t.title, '/desk/keys']]} />
      <h1>{t.add}</h1>
      <ErrorSummary frame={frame} errors={errors} fields={['name', 'desk', 'scope']} labels={t.labels} />
      {none !== null ? (
        <NoDesk frame={frame} none={none} />
      ) : (
        <form id="form" class="card narrow" action="/desk/keys/new" method="post" novalidate>
          <TextField
            frame={frame}
            name="name"
            label={t.labels.name}
            help={t.nameHelp}
            required
            autocomplete="off"
            value={one(values, 'name')}
            error={errors.name}
          />
          <SelectField frame={frame} name="desk" label={t.labels.desk} required error={errors.desk}>
            <Options names={names} chosen={one(values, 'desk')} />
          </SelectField>
          <ChoiceField
            frame={frame}
            name="scope"
            type="radio"
            label={t.labels.scope}
            required
            error={errors.scope}
            choices={KEY_SCOPES.map((scope) => ({
              value: scope,
              label: t.scopes[scope],
              checked: one(values, 'scope') === scope,
            }))}
          />
          <button class="btn" type="submit">
            {t.make}
          </button>
        </form>
      )}
    </Console>
  )
}

/** Asks before a key is revoked. */
export function RevokeKeyPage({ frame, staff, apiKey }: DeskView & { apiKey: ApiKey }) {
  const t = deskTexts(frame.locale).apiKeys
  return (
    <Console frame={frame} staff={staff} title={t.revoke} nav="security">
      <Crumbs frame={frame} links={[[t.title, '/desk/keys']]} />
      <h1>{t.revoke}</h1>
      <Notice what={t.ask} tone="warn" />
      <section class="card">
        <Facts
          rows={[
            [t.labels.name, <bdi>{apiKey.name}</bdi>],
            [t.labels.desk, apiKey.desk.name[frame.locale]],
            [t.labels.scope, t.scopes[apiKey.scope]],
            [t.columns.hint, <code>{`…${apiKey.hint}`}</code>],
            [t.columns.used, apiKey.used_on === null ? t.never : dateText(frame.locale, apiKey.used_on)],
          ]}
        />
      </section>
      <form id="form" class="acts" action={`/desk/keys/${apiKey.id}/revoke`} method="post">
        <button class="btn stop" type="submit">
          {t.revoke}
        </button>
        <a class="btn quiet" href="/desk/keys">
          {t.leave}
        </a>
      </form>
    </Console>
  )
}
