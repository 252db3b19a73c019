/** What the log of changes tells of; each is a key of the catalog's `people.actions`. */
export const ACTIONS = [
	...(['sign-in', 'sign-in-passkey', 'sign-in-failed', 'second-failed'] as const),
	...(['account-password', 'account-email', 'account-reset', 'account-totp-on', 'account-totp-off'] as const),
	...(['account-codes', 'account-passkey', 'account-passkey-removed', 'account-sessions-ended'] as const),
	...(['account-application', 'account-application-removed'] as const),
	...(['person-invited', 'person-invitation-ended', 'person-joined', 'person-role', 'person-link'] as const),
	...(['person-disabled', 'person-enabled', 'person-deleted'] as const),
	...(['post-created', 'post-published', 'post-unpublished', 'post-changed', 'post-trashed'] as const),
	...(['post-restored', 'post-deleted', 'post-joined', 'post-split'] as const),
	...(['response-approve', 'response-hold', 'response-spam', 'response-trash', 'response-delete'] as const),
	...([
		'response-reply',
		'response-edit',
		'response-undone',
		'writer-trusted',
		'writer-blocked',
		'writer-forgotten',
	] as const),
	...(['term-created', 'term-changed', 'term-deleted'] as const),
	...(['media-uploaded', 'media-changed', 'media-deleted'] as const),
	...(['settings-changed', 'theme-changed', 'redirects-changed', 'imported', 'exported', 'backed-up'] as const),
	...(['job-rerun'] as const),
]

export type Action = (typeof ACTIONS)[number]
