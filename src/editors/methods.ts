import { MOST_FILE_BYTES } from '../media/store.ts'
import type { Allowance, Methods } from '../xmlrpc/method.ts'
import { paramsOf } from '../xmlrpc/params.ts'
import { bloggerMethods } from './blogger.ts'
import { metaWeblogMethods } from './metaweblog.ts'
import type { EditorMethods } from './method.ts'
import { movableTypeMethods, openMethods } from './movable-type.ts'
import { signIn } from './sign-in.ts'
import { blogMethods } from './wordpress/blog.ts'
import { postMethods } from './wordpress/posts.ts'
import { termMethods } from './wordpress/terms.ts'

/** A file in base64, and what stands around it. */
const MOST_BYTES = Math.ceil((MOST_FILE_BYTES * 4) / 3) + 1024 * 1024

const BY_AUTHORS: EditorMethods = {
	...metaWeblogMethods,
	...bloggerMethods,
	...movableTypeMethods,
	...blogMethods,
	...postMethods,
	...termMethods,
}

/** What programs for writing call. */
export const editorMethods: Methods = {
	...openMethods,
	...Object.fromEntries(Object.entries(BY_AUTHORS).map(([name, { answer }]) => [name, answer])),
	'mt.supportedMethods': (_, params) => {
		paramsOf(params)
		return Object.keys(editorMethods).sort()
	},
}

/** Authors may send a whole upload: their password stands before it. @throws Fault 403, 49 */
export const editorAllowance: Allowance = async (call, { method, params }) => {
	const at = Object.hasOwn(BY_AUTHORS, method) ? BY_AUTHORS[method]!.credentials : Number.POSITIVE_INFINITY
	const [email, password] = [params[at], params[at + 1]]
	if (typeof email !== 'string' || typeof password !== 'string') return 0
	await signIn(call, email, password)
	return MOST_BYTES
}
