import type { SignedIn } from './sessions.ts'

/** An author touches only own posts and what is said under them; editors and owners all. */
export function mayTouch(author: Pick<SignedIn, 'id' | 'role'>, post: { author_id: number | null }): boolean {
	return isEditor(author) || post.author_id === author.id
}

/** Whether someone looks after the whole blog: pages, what is pinned, everyone's posts. */
export function isEditor({ role }: Pick<SignedIn, 'role'>): boolean {
	return role !== 'author'
}

/** The author whose posts someone is confined to, if so. */
export function confinedTo(author: Pick<SignedIn, 'id' | 'role'>): number | undefined {
	return isEditor(author) ? undefined : author.id
}

/** The author's name in a language, else in any. */
export function nameIn({ names, email }: Pick<SignedIn, 'names' | 'email'>, locale: string): string {
	return (names.find((name) => name.locale === locale) ?? names[0])?.name ?? email
}
