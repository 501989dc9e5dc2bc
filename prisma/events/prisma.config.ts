import { domainConfig } from '../config.ts';

export default domainConfig();
