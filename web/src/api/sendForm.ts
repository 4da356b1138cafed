/** Sends a form and tells how much of it has gone, which `fetch` does not. */
import { Problem, problemOf, UNREACHABLE } from './client';
import { askForKey, currentKey } from './key';

/** The share that has gone, 0 to 1. */
type OnShare = (share: number) => void;

/**
 * Posts a form, with the reader's key where the server asks for one.
 *
 * @throws Problem where it did not arrive, or was refused
 */
export async function sendForm(path: string, form: FormData, onShare: OnShare): Promise<Response> {
  const key = currentKey();
  const response = await post(path, form, key, onShare);
  if (response.status === 401) {
    if (key === currentKey()) {
      await askForKey();
    }
    return sendForm(path, form, onShare);
  }
  if (!response.ok) {
    throw await problemOf(response);
  }
  return response;
}

function post(
  path: string,
  form: FormData,
  key: string | null,
  onShare: OnShare,
): Promise<Response> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open('POST', path);
    if (key !== null) {
      request.setRequestHeader('authorization', `Bearer ${key}`);
    }
    request.upload.addEventListener('progress', ({ loaded, total }) => {
      onShare(total === 0 ? 0 : loaded / total);
    });
    request.addEventListener('load', () => {
      resolve(new Response(request.responseText, { status: request.status }));
    });
    request.addEventListener('error', () => {
      reject(new Problem(UNREACHABLE, ''));
    });
    request.send(form);
  });
}
