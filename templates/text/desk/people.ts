import { spoken } from '../spoken.ts'

/** The accounts of staff. */
export const people = spoken({
  ja: {
    title: '担当者',
    lead: '管理画面を使う担当者です。登録したメールアドレスに届くリンクでログインします。',
    add: '担当者を追加',
    addTitle: '担当者の追加',
    editTitle: (name: string) => `${name} さん`,
    columns: {
      name: '氏名',
      email: 'メールアドレス',
      role: '役割',
      prefectures: '担当',
      factor: 'ログイン方法',
      last: '最後のログイン',
    },
    factor: { none: 'メールのみ', more: '2段階認証' },
    never: 'なし',
    closed: '停止中',
    state: { active: '利用中', closed: '停止中' },
    labels: { email: 'メールアドレス', name: '氏名', role: '役割', prefectures: '担当する都道府県', state: '状態' },
    roleHelp: '「閲覧」は閲覧だけ、「窓口」は担当する都道府県の日程と予約、「事務局」は全国の日程と予約を扱います。',
    forget: '認証アプリとパスキーの登録を削除する（機種変更や紛失のとき）',
    save: '保存する',
    back: '担当者の一覧へ',
    saved: '保存しました。',
    added: '追加しました。このサイトの /desk を開き、メールアドレスを入力してログインするようお伝えください。',
    refused: {
      twice: { what: 'このメールアドレスは、すでに登録されています。', next: '' },
      changed: { what: 'ほかの人が先に変更しました。', next: '今の内容を確かめて、もう一度入力してください。' },
      own: {
        what: 'ご自分の役割の変更、停止、2段階認証の解除はできません。',
        next: 'ほかの事務局の担当者に依頼してください。',
      },
    },
  },
  en: {
    title: 'People',
    lead: 'The people who use the console. They sign in with a link sent to their e-mail address.',
    add: 'Add a person',
    addTitle: 'Add a person',
    editTitle: (name) => name,
    columns: {
      name: 'Name',
      email: 'E-mail',
      role: 'Role',
      prefectures: 'Prefectures',
      factor: 'Sign-in',
      last: 'Last sign-in',
    },
    factor: { none: 'e-mail only', more: 'two-factor' },
    never: 'never',
    closed: 'closed',
    state: { active: 'active', closed: 'closed' },
    labels: { email: 'E-mail address', name: 'Name', role: 'Role', prefectures: 'Prefectures', state: 'State' },
    roleHelp:
      'A viewer can only read. A desk manages the schedule and bookings of its prefectures, the secretariat those of all prefectures.',
    forget: 'Remove the authenticator app and passkeys (new or lost phone)',
    save: 'Save',
    back: 'Back to the list',
    saved: 'Saved.',
    added: 'Added. Please tell them to open /desk on this site and sign in with their e-mail address.',
    refused: {
      twice: { what: 'This address already has an account.', next: '' },
      changed: { what: 'Somebody else changed it first.', next: 'Please check the current details and try again.' },
      own: {
        what: 'You cannot change your own role, close your own account or remove your own second factors.',
        next: 'Please ask somebody else in the secretariat.',
      },
    },
  },
})
