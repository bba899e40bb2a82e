import type { Fault } from '../../../src/base/input.ts'
import { PLACEHOLDERS } from '../../../src/base/placeholders.ts'
import type { Refusal } from '../../../src/booking/refusal.ts'
import { spoken, type What } from '../spoken.ts'

/** How a field is filled in. Some faults are said in another way for each kind; `faults` has the others. */
export type FieldKind = 'text' | 'choice' | 'date' | 'end' | 'time' | 'end_time' | 'dates' | 'times' | 'web'

type ByLabel = (label: string) => string

/** What to do with a field of a kind, by its label. */
export const kindFaults = spoken<Record<FieldKind, Partial<Record<Fault, ByLabel>>>>({
  ja: {
    text: { choice: (label) => `${label}をご確認ください` },
    choice: { required: (label) => `${label}を選んでください` },
    date: {
      choice: (label) =>
        `${label}を「2026/12/23」のように入力してください。過ぎた日や年度の外の日でないかも、ご確認ください。`,
    },
    end: { choice: (label) => `${label}を「2026/12/23」のように、開始日以降の日付で入力してください` },
    time: { choice: (label) => `${label}を「10:00」のように入力してください` },
    end_time: { choice: (label) => `${label}を「16:00」のように、開始時刻より後の時刻で入力してください` },
    dates: { choice: (label) => `${label}は「2026/12/23」のような日付を、読点か改行で区切って入力してください` },
    times: { choice: (label) => `${label}は「10:00 11:00」のように、時刻を空白で区切って入力してください` },
    web: { choice: (label) => `${label}は、https:// で始まるアドレスを入力してください` },
  },
  en: {
    text: { choice: (label) => `${label}: please check this` },
    choice: { required: (label) => `${label}: please choose` },
    date: {
      choice: (label) =>
        `${label}: please enter it like 2026/12/23, and check that it is not past or outside the fiscal year`,
    },
    end: { choice: (label) => `${label}: please enter a date like 2026/12/23, not before the start` },
    time: { choice: (label) => `${label}: please enter it like 10:00` },
    end_time: { choice: (label) => `${label}: please enter a time like 16:00, after the start` },
    dates: { choice: (label) => `${label}: please enter dates like 2026/12/23, separated by commas or lines` },
    times: { choice: (label) => `${label}: please enter times like 10:00 11:00, separated by spaces` },
    web: { choice: (label) => `${label}: please enter an address that begins with https://` },
  },
})

/** What is wrong with a field, by its label. */
export const faults = spoken({
  ja: {
    required: (label: string) => `${label}を入力してください`,
    long: (label: string) => `${label}が長すぎます。短くしてください。`,
    text: (label: string) => `${label}に使えない文字が入っています`,
    link: (label: string) => `${label}に、ホームページのアドレスは入力できません`,
    email: () => 'メールアドレスの形式をご確認ください（例：taro@example.jp）',
    email_local: () => 'メールアドレスの「@」より前が長すぎます。64文字以内で入力してください。',
    email_ascii: () => 'メールアドレスの「@」より前は、半角の英数字と記号で入力してください（例：taro@example.jp）',
    email_domain: () => 'メールアドレスの「@」より後ろをご確認ください（例：taro@example.jp）',
    phone: () => '電話番号は、0から始まる10桁か11桁の数字で入力してください（例：029-000-0000）',
    kana: () => 'フリガナは、カタカナかひらがなで入力してください',
    reading: (label: string) => `${label}は、カタカナかひらがなだけで入力してください。数字や英字も読みで書きます。`,
    number: (label: string) => `${label}は、数字で入力してください`,
    choice: (label: string) => `${label}を選んでください`,
    midnight: (label: string) =>
      `${label}をご確認ください。終了が翌日になります。その日のうちに終わるように入力してください。`,
    slots: (label: string) => `枠の開始時刻を入力したときは、${label}を空欄にしてください。時間は枠から決まります。`,
    seats: (label: string, most?: number | null) =>
      `${label}は、${most ? `1から${most}まで` : '空きのある人数まで'}の数字で入力してください`,
    corporate_digits: () => '法人番号は、13桁の数字で入力してください',
    corporate_check: () => '法人番号をもう一度お確かめください。番号の中に誤りがあるようです。',
    consent: () => '個人情報の取り扱いをお読みのうえ、同意のチェックを入れてください',
    unchosen: (label: string) => `${label}を選んでください`,
    unticked: (label: string) => `${label}をお読みのうえ、チェックを入れてください`,
    placeholder: (label: string) =>
      `${label}の { } の中をご確認ください。使えるのは ${Object.values(PLACEHOLDERS)
        .map(({ ja }) => `{${ja}}`)
        .join('、')} です。`,
    companions: (label: string) =>
      `${label}は、参加する人数からご本人を除いた人数に合わせて、1行に1名ずつ入力してください`,
    key: () => 'ページの有効期限が切れました。お手数ですが、もう一度「確認へ進む」を押してください。',
  } satisfies Record<Fault, (label: string, most?: number | null) => string>,
  en: {
    required: (label) => `${label}: please fill this in`,
    long: (label) => `${label}: this is too long, please shorten it`,
    text: (label) => `${label}: some characters cannot be used`,
    link: (label) => `${label}: please leave out web addresses`,
    email: () => 'E-mail address: please check its form (example: taro@example.jp)',
    email_local: () => 'E-mail address: the part before the @ is too long; it has at most 64 characters',
    email_ascii: () => 'E-mail address: please use letters without accents, digits and signs before the @',
    email_domain: () => 'E-mail address: please check the part after the @ (example: taro@example.jp)',
    phone: () => 'Phone number: 10 or 11 digits beginning with 0 (example: 029-000-0000)',
    kana: () => 'Your name in kana: please use katakana or hiragana',
    reading: (label) => `${label}: please use katakana or hiragana alone, also for digits and Latin letters`,
    number: (label) => `${label}: please enter a number`,
    choice: (label) => `${label}: please choose`,
    midnight: (label) => `${label}: please check this, because the session has to end on the same day`,
    slots: (label) => `${label}: please leave this empty if you fill in slots, because the slots have the times`,
    seats: (label, most) =>
      `${label}: please enter a number ${most ? `from 1 to ${most}` : 'of people that still fits'}`,
    corporate_digits: () => 'Corporate number: please enter 13 digits',
    corporate_check: () => 'Corporate number: please check it, one of the digits seems to be wrong',
    consent: () => 'Please read how we use personal information, then tick the box to agree',
    unchosen: (label) => `${label}: please choose`,
    unticked: (label) => `${label}: please read it and tick the box`,
    placeholder: (label) =>
      `${label}: please check what stands in { }. You can use ${Object.values(PLACEHOLDERS)
        .map(({ en }) => `{${en}}`)
        .join(', ')}.`,
    companions: (label) => `${label}: one name a line, as many as the people besides yourself`,
    key: () => 'This page has expired. Please press “Review” once more',
  },
})

/** Faults of forms of the console, if staff do not read them as people who apply do. */
export const deskFaults = spoken<Partial<Record<Fault, ByLabel>>>({
  ja: {
    kana: () => 'フリガナは、カタカナかひらがなで入力してください',
    consent: () => '個人情報の取り扱いをご本人に説明し、同意を得てから、チェックを入れてください',
    unticked: (label) => `${label}をご本人に確かめてから、チェックを入れてください`,
    companions: (label) => `${label}は、申込者を除く参加人数に合わせて、1行に1名ずつ入力してください`,
    key: () => 'ページの有効期限が切れました。もう一度ボタンを押してください。',
  },
  en: {
    kana: () => 'Name in kana: please use katakana or hiragana',
    consent: () => 'Please explain how personal information is used, and tick the box once they agree',
    unticked: (label) => `${label}: please ask them, then tick the box`,
    companions: (label) => `${label}: one name a line, as many as the people besides the applicant`,
    key: () => 'This page has expired. Please press the button once more',
  },
})

/** The fault of a field that has no name on its page, because nobody fills it in. */
export const nameless = spoken({
  ja: '画面の一部が正しく送信されませんでした。画面を開き直して、もう一度お試しください。',
  en: 'Part of this form did not arrive as it should. Please open the page again and try once more.',
})

/** Why a booking was refused. */
export const refusals = spoken({
  ja: {
    full: {
      what: '申し訳ありません。ご希望の人数分の空きがありません。',
      next: 'ほかの時間、またはほかの日程をお選びください。入力された内容はそのまま使えます。',
    },
    twice: {
      what: 'この日程には、すでにお申し込みがあります。',
      next: '登録のあるメールアドレスあてに、予約の内容をお送りしました。変更やキャンセルは、そのメールのリンクからできます。',
    },
    closed: {
      what: 'この回の受付は終了しました。',
      next: 'ほかの日程をお選びください。入力された内容はそのまま使えます。',
    },
    called_off: {
      what: 'この回は開催されないことになりました。',
      next: 'ほかの日程をお選びください。入力された内容はそのまま使えます。',
    },
    elsewhere: {
      what: 'この回のお申し込みは、このサイトでは受け付けていません。',
      next: '日程のページにあるお申し込み先へ、直接お申し込みください。',
    },
    undecided: {
      what: '日にちや時間が決まっていないため、まだお申し込みいただけません。',
      next: '決まり次第、日程のページでお申し込みいただけるようになります。',
    },
    changed: {
      what: 'ご入力の間に、この日程の内容が変わりました。',
      next: '下の内容をお確かめのうえ、もう一度お申し込みください。',
    },
    capped: {
      what: '同じ方からのお申し込みが、上限に達しました。',
      next: '上限は、メールアドレス、電話番号、インターネット回線ごとにあります。窓口へお電話いただくと、そのままお申し込みいただけます。1日の件数による上限のときは、明日もう一度お試しください。入力された内容はそのまま使えます。',
    },
  } satisfies Record<Refusal, What>,
  en: {
    full: {
      what: 'Sorry, there is not enough room for that many people.',
      next: 'Please choose another time or date. What you typed is kept.',
    },
    twice: {
      what: 'There is already a booking for this session.',
      next: 'We have sent its details to the e-mail address on record. You can change or cancel it with the link in that e-mail.',
    },
    closed: {
      what: 'Booking for this session has closed.',
      next: 'Please choose another date. What you typed is kept.',
    },
    called_off: {
      what: 'This session does not take place.',
      next: 'Please choose another date. What you typed is kept.',
    },
    elsewhere: {
      what: 'This session cannot be booked on this site.',
      next: 'Please apply directly, as shown on the page of the session.',
    },
    undecided: {
      what: 'This session cannot be booked yet: its date or time is not decided.',
      next: 'As soon as it is, you can book on the page of the session.',
    },
    changed: {
      what: 'This session changed while you were filling in the form.',
      next: 'Please check the details below and send the form again.',
    },
    capped: {
      what: 'You have reached the limit for bookings from one e-mail address, phone number or internet connection.',
      next: 'Please phone the desk: it can book for you now. If it is the limit of one day, you can also try again tomorrow. What you typed is kept.',
    },
  },
})

/** What the page of a refusal offers. */
export const refused = spoken({
  ja: {
    tab: '未完了',
    notDone: 'お申し込みは完了していません。',
    take: 'この日程に変更して続ける',
    session: '日程のページを見る',
  },
  en: {
    tab: 'Not done',
    notDone: 'Your application was not received.',
    take: 'Continue with this date',
    session: 'See the page of the session',
  },
})
