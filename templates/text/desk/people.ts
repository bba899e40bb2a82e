import { spoken } from '../spoken.ts'

/** The accounts of staff. */
export const people = spoken({
  ja: {
    title: '担当者',
    lead: '管理画面を使う担当者です。登録したメールアドレスに届くリンクでログインします。',
    add: '担当者を招待',
    addTitle: '担当者の招待',
    invite: '招待メールを送る',
    invited: '招待中',
    late: '招待の期限切れ',
    invitedUntil: (at: string) => `招待中です。招待メールのリンクは、${at}まで使えます。`,
    notInvited: 'まだログインしていません。使える招待のリンクは、ありません。',
    inviteAgain: '招待メールをもう一度送る',
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
    roleHelp:
      '「閲覧」は閲覧だけ、「窓口」は担当する都道府県の日程と予約、「事務局」は全国の日程と予約を扱います。「専門家」は、自分の担当と対応時間、自分の設定だけを開けます。',
    forget: '認証アプリとパスキーの登録を削除する（機種変更や紛失のとき）',
    save: '保存する',
    back: '担当者の一覧へ',
    done: {
      saved: '保存しました。',
      added: '招待メールを送りました。リンクを開くと、ログインできます。',
      invited: '招待メールをもう一度送りました。前のリンクは使えなくなりました。',
      opened: 'もうログインしている人には、招待メールを送れません。',
    },
    kept: {
      what: 'ほかの人が先に変更しました。',
      next: '入力した内容は残っています。違う項目の下に、今、保存されている内容を示しました。確かめて、もう一度保存してください。',
    },
    refused: {
      twice: { what: 'このメールアドレスは、すでに登録されています。', next: '' },
      changed: {
        what: 'ほかの人が先に変更しました。',
        next: '今の内容を確かめて、もう一度入力してください。',
      },
      own: {
        what: 'ご自分の役割の変更、停止、2段階認証の解除はできません。',
        next: 'ほかの事務局の担当者に依頼してください。',
      },
    },
  },
  en: {
    title: 'People',
    lead: 'The people who use the console. They sign in with a link sent to their e-mail address.',
    add: 'Invite a person',
    addTitle: 'Invite a person',
    invite: 'Send the invitation',
    invited: 'invited',
    late: 'invitation expired',
    invitedUntil: (at) => `Invited. The link of the invitation works until ${at}.`,
    notInvited: 'This person has not signed in yet, and has no link that works.',
    inviteAgain: 'Send the invitation again',
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
      'A viewer can only read. A desk manages the schedule and bookings of its prefectures, the secretariat those of all prefectures. An expert can only open their own consultations, hours and settings.',
    forget: 'Remove the authenticator app and passkeys (new or lost phone)',
    save: 'Save',
    back: 'Back to the list',
    done: {
      saved: 'Saved.',
      added: 'The invitation was sent. Its link signs the person in.',
      invited: 'The invitation was sent again. The link before it no longer works.',
      opened: 'This person has signed in already, or the account is closed.',
    },
    kept: {
      what: 'Somebody else changed it first.',
      next: 'What you typed is kept. Fields that differ also say what is saved now. Please check them and save again.',
    },
    refused: {
      twice: { what: 'This address already has an account.', next: '' },
      changed: {
        what: 'Somebody else changed it first.',
        next: 'Please check the current details and try again.',
      },
      own: {
        what: 'You cannot change your own role, close your own account or remove your own second factors.',
        next: 'Please ask somebody else in the secretariat.',
      },
    },
  },
})
