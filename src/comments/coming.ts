import { mayTouch } from '../authors/roles.ts'
import type { SignedIn } from '../authors/sessions.ts'
import { HttpError } from '../errors.ts'
import type { Context } from '../web/context.ts'
import { listOwners } from './admin-queries.ts'
import { type Place, placePath, readPlace } from './filters.ts'

/** The place in the queue that a form was sent from: its field `place` is the query of that page. */
export function comingFrom({ blog }: Context, form: URLSearchParams): Place {
	const query = (form.get('place') ?? '').replaceAll('\0', '').toWellFormed()
	return readPlace(new URLSearchParams(query), blog.config.languages)
}

/** That place again, where it is told what was done. */
export function doneAt(place: Place, told: { undo: string } | { done: string }): string {
	return `${placePath(place)}&${new URLSearchParams(told)}`
}

/** Those of the responses that are there. @throws HttpError 403 when the author may not touch one of them */
export async function allowed({ blog }: Context, author: SignedIn, ids: number[]): Promise<number[]> {
	const owners = await listOwners(blog.db, ids)
	if (owners.some((owner) => !mayTouch(author, owner))) throw new HttpError(403)
	return owners.map(({ id }) => id)
}
