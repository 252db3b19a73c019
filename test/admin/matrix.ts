/** Who may: everyone; whoever signs in; whoever may touch the thing (its author, editors, owners); editors and owners; owners. */
export type Who = 'all' | 'signed-in' | 'own' | 'editors' | 'owners'

/** What `:number` of an address names; made anew for every request. */
export type Thing = 'post' | 'media' | 'response' | 'person' | 'term' | 'passkey' | 'program' | 'nothing'

interface Row {
	who: Who
	thing?: Thing
	/** What is sent, so that those who may are not refused for another reason. */
	form?: Record<string, string>
	/** Parameters besides `:number` and `:locale` (`ru`): `:section`, `:theme`. */
	named?: string
	query?: string
}

const all: Row = { who: 'all' }
const signedIn: Row = { who: 'signed-in' }
const owners: Row = { who: 'owners' }
const editors: Row = { who: 'editors' }
const own = (thing: Thing, rest: Partial<Row> = {}): Row => ({ who: 'own', thing, ...rest })
const self = (thing: Thing): Row => ({ who: 'signed-in', thing })
const person = (form: Record<string, string> = {}): Row => ({ who: 'owners', thing: 'person', form })

/** Every address under /admin/, by method and path; a new route without a line here fails the test. */
export const MATRIX: Record<string, Row> = {
	'GET setup/': { ...all, query: '?token=x' },
	'POST setup/': all,
	'GET login/': all,
	'POST login/': all,
	'GET login/code/': all,
	'POST login/code/': all,
	'GET reset/': all,
	'POST reset/': all,
	'POST logout/': all,

	'GET ': signedIn,
	'POST language/': signedIn,

	'GET account/': signedIn,
	'POST account/': signedIn,
	'GET account/email/': signedIn,
	'POST account/email/': signedIn,
	'POST account/email/confirm/': signedIn,
	'GET account/security/': signedIn,
	'POST account/security/password/': signedIn,
	'POST account/security/passkeys/': signedIn,
	'POST account/security/passkeys/:number/': self('passkey'),
	'POST account/security/passkeys/:number/delete/': self('passkey'),
	'POST account/security/sessions/': signedIn,
	'GET account/security/totp/': signedIn,
	'POST account/security/totp/': signedIn,
	'POST account/security/totp/off/': signedIn,
	'POST account/security/codes/': signedIn,
	'GET account/programs/': signedIn,
	'POST account/programs/': signedIn,
	'POST account/programs/:number/delete/': self('program'),

	'GET posts/': signedIn,
	'GET translations/': signedIn,
	'GET posts/new/': signedIn,
	'GET posts/new/:locale/': signedIn,
	'POST posts/new/:locale/': signedIn,
	'POST posts/new/:locale/preview/': signedIn,
	'POST posts/new/:locale/draft/': { ...signedIn, form: { key: 'matrix-key' } },
	'POST posts/new/:locale/draft/discard/': { ...signedIn, form: { key: 'matrix-key' } },
	'GET posts/slug/': signedIn,
	'GET posts/:number/': own('post'),
	'GET posts/:number/mentions/': own('post'),
	'GET posts/:number/join/': own('post'),
	'POST posts/:number/join/': own('post'),
	'GET posts/:number/split/': own('post'),
	'POST posts/:number/split/': own('post'),
	'GET translations/pairs/': signedIn,
	'GET posts/:number/:locale/': own('post'),
	'POST posts/:number/:locale/': own('post', { form: { title: 'т', text: 'т', revision: '1' } }),
	'POST posts/:number/:locale/trash/': own('post'),
	'POST posts/:number/:locale/restore/': own('post'),
	'POST posts/:number/:locale/delete/': own('post'),
	'POST posts/:number/:locale/preview/': own('post'),
	'GET posts/:number/:locale/draft/': own('post'),
	'POST posts/:number/:locale/draft/': own('post', { form: { key: 'matrix-key' } }),
	'POST posts/:number/:locale/draft/discard/': own('post', { form: { key: 'matrix-key' } }),
	'POST posts/:number/:locale/previews/': own('post'),
	'POST posts/:number/:locale/previews/end/': own('post'),
	'GET posts/:number/:locale/revisions/': own('post'),
	'GET posts/:number/:locale/translate/': own('post'),
	'POST posts/:number/:locale/translate/': own('post', { form: { title: 'т', target: 'т', revision: '1' } }),
	'GET posts/:number/:locale/translate/xliff/': own('post'),
	'POST posts/:number/:locale/translate/xliff/': own('post'),
	'POST posts/:number/:locale/revisions/': own('post', { form: { number: '1', revision: '1' } }),

	'GET mentions/': signedIn,
	'GET mentions/sent/': signedIn,
	'GET responses/': signedIn,
	'POST responses/': { ...signedIn, form: { action: 'approve' } },
	'POST responses/undo/': signedIn,
	'GET responses/writers/': editors,
	'POST responses/writers/': { ...editors, form: { value: 'shop.example', verdict: 'block' } },
	'POST responses/writers/remove/': { ...editors, form: { id: '1' } },
	'GET responses/:number/': own('response'),
	'POST responses/:number/reply/': own('response', { form: { text: 'Ответ', approve: '1' } }),
	'POST responses/:number/edit/': own('response', { form: { name: 'Имя', text: 'Текст', url: '' } }),

	'GET media/': signedIn,
	'POST media/': signedIn,
	'GET media/:number/': own('media'),
	'POST media/:number/': own('media', { form: { name: 'a.png' } }),
	'POST media/:number/delete/': own('media'),

	'GET terms/': editors,
	'POST terms/': editors,
	'GET terms/:number/': { ...editors, thing: 'term' },
	'POST terms/:number/': { ...editors, thing: 'term' },
	'POST terms/:number/merge/': { ...editors, thing: 'term' },
	'POST terms/:number/delete/': { ...editors, thing: 'term' },

	'GET people/': owners,
	'POST people/': { ...owners, form: { role: 'author' } },
	'POST people/invitations/': { ...owners, thing: 'nothing' },
	'GET people/:number/': person(),
	'POST people/:number/role/': person({ role: 'editor' }),
	'POST people/:number/link/': person(),
	'POST people/:number/second/': person(),
	'POST people/:number/disable/': person(),
	'POST people/:number/enable/': person(),
	'POST people/:number/delete/': person(),
	'GET audit/': owners,
	'GET settings/': owners,
	'POST settings/': owners,
	'GET settings/:section/': { ...owners, named: 'responses' },
	'POST settings/:section/': { ...owners, named: 'responses' },
	'GET settings/languages/': owners,
	'GET settings/themes/': owners,
	'GET settings/redirects/': owners,
	'GET themes/:theme/preview/': { ...owners, named: 'default' },
	'POST settings/redirects/': owners,
	'POST settings/redirects/remove/': owners,
	'POST settings/themes/': owners,
	'GET backup/': owners,
	'POST backup/': owners,
	'POST backup/now/': owners,
	'GET backup/:number/': { ...owners, thing: 'nothing' },
	'POST export/': owners,
	'GET import/': owners,
	'POST import/': owners,
	'GET import/:number/': { ...owners, thing: 'nothing' },
	'GET import/:number/events/': { ...owners, thing: 'nothing' },
	'POST import/:number/again/': { ...owners, thing: 'nothing' },
	'POST jobs/': owners,
}
