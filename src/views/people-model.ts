import type { AdminShell, Choice, Field } from './admin-model.ts'
import type { Link, Moment, Pages } from './model.ts'

/** The templates of accounts and people, and what each is given. */
export interface PeopleTemplates {
	second: SecondPage
	reset: ResetPage
	question: QuestionPage
	secret: SecretPage
	account: AccountPage
	security: SecurityPage
	totp: TotpPage
	codes: AdminShell & { codes: string[] }
	programs: ProgramsPage
	people: PeoplePage
	person: PersonPage
	audit: AuditPage
}

export const PEOPLE_TEMPLATES: (keyof PeopleTemplates)[] = [
	...(['second', 'reset', 'question', 'secret', 'account', 'security'] as const),
	...(['totp', 'codes', 'programs', 'people', 'person', 'audit'] as const),
]

/** The step after the right password. */
export interface SecondPage extends AdminShell {
	action: string
	ticket: string
	kept: { name: string; value: string }[]
}

export interface ResetPage extends AdminShell {
	intro: string
	/** The blog sends no mail. */
	isOff: boolean
}

/** Something that a button does, and reading doesn't. */
export interface QuestionPage extends AdminShell {
	text: string
	action: string
	fields: { name: string; value: string }[]
	button: string
}

/** What is shown once. */
export interface SecretPage extends AdminShell {
	intro: string
	secret: string
	back: Link
}

export interface AccountPage extends AdminShell {
	tabs: Link[]
	profiles: {
		locale: string
		language: string
		nameId: string
		bioId: string
		nameLabel: string
		name: Field
		bio: Field
	}[]
	email: string
	address: Field
	current: Field
	addressHint: string
}

export interface SecurityPage extends AdminShell {
	tabs: Link[]
	/** For password managers. */
	email: string
	chosen: Field
	current: Field
	passwordHint: string
	hasSecond: boolean
	codes: string
	/** What the browser is asked to make, as JSON, and what is told when it can't. */
	passkey: string
	passkeyFailed: string
	passkeyName: Field
	passkeyCurrent: Field
	passkeys: { action: string; name: string; about: string }[]
	sessions: { id: string; browser: string; isThis: boolean; about: string }[]
	hasOthers: boolean
}

export interface TotpPage extends AdminShell {
	isOn: boolean
	email: string
	secret: string
	/** The same, in groups of four. */
	groups: string
	/** A picture of `url`, as a data: URL. */
	picture: string
	url: string
	code: Field
	current: Field
}

export interface ProgramsPage extends AdminShell {
	tabs: Link[]
	intro: string
	programs: { action: string; name: string; about: string }[]
	email: string
	name: Field
	current: Field
	scopes: Choice[]
}

export interface PersonRow {
	href: string
	name: string
	email: string
	role: string
	/** `active`, `disabled`, `imported`. */
	state: string
	isYou: boolean
	marks: string
}

type RoleChoice = Choice & { hint: string }

export interface PeoplePage extends AdminShell {
	people: PersonRow[]
	invitations: { id: string; name: string; email: string; role: string; until: string; link: string }[]
	inviteHint: string
	name: Field
	email: Field
	roles: RoleChoice[]
}

export interface PersonPage extends AdminShell {
	person: PersonRow
	action: string
	/** The pages of their posts. */
	profile: Link[]
	roles: RoleChoice[]
	isDisabled: boolean
	hasSecond: boolean
	mayLink: boolean
	heirs: Choice[]
	postsLeft: string
}

export interface AuditPage extends AdminShell {
	intro: string
	changes: { who: string; what: string; name: string; href?: string; isWarning: boolean; when: Moment }[]
	empty?: string
	pages?: Pages
}
