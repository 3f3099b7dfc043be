// The numbers of the audits table. Stored: never renumber. Plain integers, because a
// statement binds them by reference.

#pragma once

namespace troupe {

namespace audit_action {
inline constexpr int create = 1, change_secret = 2, import = 3, save_settings = 4,
                     paste_settings = 5;
}

namespace object_kind {
inline constexpr int account = 1, project = 2, dataset = 3, import = 4, image = 5;
}

} // namespace troupe
