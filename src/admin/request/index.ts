export { RequestToEsputnik } from './request-to-esputnik.tsx';
export { UseBlock } from './use-block.tsx';
