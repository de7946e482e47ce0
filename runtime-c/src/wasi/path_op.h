/* path_op.h - what the path_* calls begin with: a directory descriptor and a path beneath it. */
#ifndef WASMC_WASI_PATH_OP_H
#define WASMC_WASI_PATH_OP_H

#include "../guest.h"
#include "path.h"

struct wasmc_path_op {
    struct wasmc_desc *dir;
    char path[WASMC_GUEST_PATH_BYTES + 1];
};

/* Copies the path in and looks the directory up.
 *
 *   changes   the call changes something: PERM under a read-only grant
 *
 * Errors: NAMETOOLONG, INVAL the path; BADF, NOTDIR, NOTCAPABLE the descriptor; PERM. After a success
 * wasmc_path_op_end must be called. */
wasi_errno wasmc_path_op_begin(const struct wasmc_guest *guest, uint32_t fd, wasi_rights rights, bool changes,
                               guest_addr path_addr, uint32_t path_bytes, struct wasmc_path_op *op);
void wasmc_path_op_end(const struct wasmc_guest *guest, struct wasmc_path_op *op);

#endif
