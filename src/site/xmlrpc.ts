import { editorAllowance, editorMethods } from '../editors/methods.ts'
import { pingbackMethods } from '../mentions/pingback.ts'
import { endpoint } from '../xmlrpc/pages.ts'

/** XML-RPC at `/xmlrpc` and `/xmlrpc.php`: the methods of every feature that has some. */
export const xmlrpc = endpoint({ ...editorMethods, ...pingbackMethods }, editorAllowance)
