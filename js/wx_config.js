// __wxConfig, made when somebody looks into it.
(function (M) {
  'use strict';
  const { window, tabBar, networkTimeout, subPackages, subpackages, debug } = M.appJson || {};
  const { appId, ...facts } = M.config || {};
  M.global.__wxConfig = { ...facts, accountInfo: { appId }, global: { window }, tabBar, networkTimeout, subPackages: subPackages || subpackages || [], debug: !!debug };
})
