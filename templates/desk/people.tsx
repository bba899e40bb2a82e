import type { Instant } from '../../src/base/clock.ts'
import type { Faults } from '../../src/base/input.ts'
import type { Account } from '../../src/people/account.ts'
import type { Invited } from '../../src/people/queries.ts'
import { ChoiceField, ErrorSummary, Meant, many, one, PrefecturesField, TextField, type Values } from '../fields.tsx'
import { Crumbs, Notice, wordFor } from '../kit.tsx'
import { deskTexts } from '../text/desk.ts'
import { momentText } from '../text/when.ts'
import { Console, prefecturesText } from './console.tsx'
import type { DeskView } from './view.ts'

/** Whether nobody has signed in with an account yet. */
function isInvited({ state, signed_in_at }: Pick<Account, 'state' | 'signed_in_at'>): boolean {
  return state === 'active' && signed_in_at === null
}

/** All accounts of the console. */
export function PeoplePage(
  props: DeskView & {
    accounts: Invited[]
    done: string | undefined
  },
) {
  const { frame, staff, accounts, done } = props
  const d = deskTexts(frame.locale)
  const t = d.people
  const said = wordFor(t.done, done) ?? null
  return (
    <Console frame={frame} staff={staff} title={t.title} nav="people">
      <div class="head">
        <h1>{t.title}</h1>
        <a class="btn" href="/desk/people/new">
          {t.add}
        </a>
      </div>
      <p class="lead">
        {t.lead} <a href="/desk/journal">{d.journal.title}</a>
      </p>
      {said !== null && <Notice what={{ what: said, next: '' }} tone="done" alert />}
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
            {accounts.map((account) => (
              <tr>
                <td data-label={t.columns.name}>
                  <a href={`/desk/people/${account.id}`}>{account.name}</a>{' '}
                  {account.state === 'closed' && <span class="pill">{t.closed}</span>}
                  {isInvited(account) && <span class="pill">{account.invitedUntil ? t.invited : t.late}</span>}
                </td>
                <td data-label={t.columns.email}>{account.email}</td>
                <td data-label={t.columns.role}>{d.role[account.role]}</td>
                <td data-label={t.columns.prefectures}>{prefecturesText(frame.locale, account)}</td>
                <td data-label={t.columns.factor}>
                  {account.totp || account.passkeys > 0 ? t.factor.more : t.factor.none}
                </td>
                <td class="num" data-label={t.columns.last}>
                  {account.signed_in_at ? momentText(frame.locale, account.signed_in_at) : t.never}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </section>
    </Console>
  )
}

const ROLES = ['viewer', 'desk', 'secretariat', 'expert'] as const

/** One account. It is a new one if `account` is null. */
export function AccountPage(
  props: DeskView & {
    account: Account | null
    /** The end of its invitation; null if there is none. */
    invitedUntil: Instant | null
    values: Values
    errors: Faults
    refusal: 'twice' | 'changed' | 'own' | null
  },
) {
  const { frame, staff, account, values, errors, refusal } = props
  const d = deskTexts(frame.locale)
  const t = d.people
  const title = account ? t.editTitle(account.name) : t.addTitle
  const chosen = many(values, 'prefectures')
  return (
    <Console frame={frame} staff={staff} title={title} nav="people">
      <Crumbs frame={frame} links={[[t.back, '/desk/people']]} />
      <h1>{title}</h1>
      {refusal && <Notice what={refusal === 'changed' ? t.kept : t.refused[refusal]} tone="stop" alert />}
      {account && isInvited(account) && (
        <form class="card narrow" action={`/desk/people/${account.id}/invite`} method="post">
          <p>{props.invitedUntil ? t.invitedUntil(momentText(frame.locale, props.invitedUntil)) : t.notInvited}</p>
          <button class="btn quiet" type="submit">
            {t.inviteAgain}
          </button>
        </form>
      )}
      <ErrorSummary
        frame={frame}
        errors={errors}
        fields={['email', 'name', 'role', 'prefectures', 'state']}
        labels={t.labels}
      />
      <form
        class="card narrow"
        action={account ? `/desk/people/${account.id}` : '/desk/people/new'}
        method="post"
        novalidate
      >
        {account && <input type="hidden" name="revision" value={one(values, 'revision')} />}
        <Meant frame={frame} values={values} />
        <TextField
          frame={frame}
          name="email"
          type="email"
          label={t.labels.email}
          required
          value={one(values, 'email')}
          error={errors.email}
        />
        <TextField
          frame={frame}
          name="name"
          label={t.labels.name}
          required
          value={one(values, 'name')}
          error={errors.name}
        />
        <ChoiceField
          frame={frame}
          name="role"
          type="radio"
          label={t.labels.role}
          help={t.roleHelp}
          required
          error={errors.role}
          choices={ROLES.map((role) => ({ value: role, label: d.role[role], checked: one(values, 'role') === role }))}
        />
        <PrefecturesField
          frame={frame}
          name="prefectures"
          label={t.labels.prefectures}
          error={errors.prefectures}
          chosen={chosen}
        />
        {account && (
          <>
            <ChoiceField
              frame={frame}
              name="state"
              type="radio"
              label={t.labels.state}
              required
              error={errors.state}
              choices={(['active', 'closed'] as const).map((state) => ({
                value: state,
                label: t.state[state],
                checked: one(values, 'state') === state,
              }))}
            />
            <div class="field">
              <label class="choice">
                <input type="checkbox" name="forget_factors" value="true" />
                <span class="choice-label">{t.forget}</span>
              </label>
            </div>
          </>
        )}
        <p class="after">
          <button class="btn" type="submit">
            {account ? t.save : t.invite}
          </button>
        </p>
      </form>
    </Console>
  )
}
